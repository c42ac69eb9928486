package org.chatarchiver.archive;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.delivery.OutageException;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.mapping.MailboxDirectory;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.Mapping;
import org.chatarchiver.mapping.Postponed;
import org.chatarchiver.mapping.Rules;
import org.chatarchiver.mapping.Target;
import org.chatarchiver.mapping.Unmapped;
import org.springframework.stereotype.Component;

/**
 * Decides what of a message is sent where. Mailboxes are those recorded when the message was first mapped; only a message met for the first
 * time is mapped, and later those of its participants that were requeued as unresolved or whose mailbox was in trouble.
 */
@Component
public class Mailboxes {
    private final Mapper mapper;
    private final RetrySchedule retrySchedule;
    private final Clock clock;

    Mailboxes(Mapper mapper, RetrySchedule retrySchedule, Clock clock) {
        this.mapper = mapper;
        this.retrySchedule = retrySchedule;
        this.clock = clock;
    }

    /** @throws OutageException if the destination as a whole cannot say now which mailboxes exist */
    MappedMessage map(KnownMessage message, MailboxDirectory directory) {
        if (message.message() == null) {
            return new MappedMessage(message, MappedItems.failing(message.failing()));
        }
        MappedItems items = message.fresh()
                ? first(message, directory)
                : new Undecided(message, mapper, retrySchedule, directory, clock.instant()).mapped();
        return message.captures().further().isEmpty()
                ? new MappedMessage(message, items)
                : further(message, items, directory);
    }

    private MappedItems first(KnownMessage message, MailboxDirectory directory) {
        Mapping.Mapped mapped = definite(mapper.map(message.message(), rules(message), directory));
        return new MappedItems(
                mapped.targets().stream().map(target -> send(message, target)).toList(),
                mapped.failures().stream()
                        .map(failure -> fail(message, failure))
                        .toList(),
                message.mended().stream().map(MappedItems.Replaced::ofFirst).toList(),
                mapped.postponed().stream()
                        .map(postponed -> waiting(postponed, waiter(message, postponed)))
                        .toList(),
                mapped.unserved());
    }

    /** A further capture adds its owner's mailbox, unless that is served already; it says nothing of the other participants. */
    private MappedMessage further(KnownMessage message, MappedItems before, MailboxDirectory directory) {
        List<Item> send = new ArrayList<>(before.send());
        List<Item> failing = new ArrayList<>(before.failing());
        List<MappedItems.Waiting> waiting = new ArrayList<>(before.waiting());
        Set<String> targets = Stream.of(message.items(), before.open())
                .flatMap(List::stream)
                .map(Item::target)
                .collect(Collectors.toSet());
        List<Captured> captures = new ArrayList<>();
        for (Captured captured : message.captures().here()) {
            if (!captured.further()) {
                captures.add(captured);
                continue;
            }
            Mapping.Mapped mapped = definite(mapper.mapOwner(captured.message(), rules(message), directory));
            List<Item> items = new ArrayList<>();
            mapped.targets().forEach(target -> items.add(send(message, target)));
            mapped.failures().forEach(failure -> items.add(fail(message, failure)));
            mapped.postponed().forEach(postponed -> items.add(waiter(message, postponed)));
            Item item = items.get(0);
            boolean added = targets.add(item.target());
            if (added && item.state() == ItemState.SENDING) {
                send.add(item);
            } else if (added && item.state() == ItemState.FAILING) {
                failing.add(item);
            } else if (added) {
                waiting.add(waiting(mapped.postponed().get(0), item));
            }
            captures.add(captured.with(captured.capture().mapped(item.target(), added)));
        }
        return new MappedMessage(
                message.with(message.captures().with(captures)),
                new MappedItems(send, failing, before.replaced(), waiting, before.unserved()));
    }

    private MappedItems.Waiting waiting(Postponed trouble, Item item) {
        return waiting(retrySchedule, trouble, item);
    }

    static MappedItems.Waiting waiting(RetrySchedule retrySchedule, Postponed trouble, Item item) {
        return new MappedItems.Waiting(
                retrySchedule.later(item, trouble.reason(), trouble.delay(), trouble.sentence()), !trouble.undecided());
    }

    static Item waiter(KnownMessage message, Postponed trouble) {
        return message.item(
                ItemTarget.participant(trouble.participant()),
                ItemState.RETRY,
                null,
                trouble.reason(),
                trouble.sentence());
    }

    static Mapping.Mapped definite(Mapping mapping) {
        if (mapping instanceof Mapping.Outage outage) {
            throw new OutageException(outage.why());
        }
        if (mapping instanceof Mapping.NotReady waiting) {
            throw PageWaitsException.told(waiting.why());
        }
        return (Mapping.Mapped) Objects.requireNonNull(mapping);
    }

    static Rules rules(KnownMessage message) {
        return new Rules(message.work().mapping(), message.work().connector().automaticMapping());
    }

    static Item send(KnownMessage message, Target target) {
        return message.item(
                ItemTarget.mailbox(target.mailbox()),
                ItemState.SENDING,
                target.rule().name(),
                null,
                null);
    }

    static Item fail(KnownMessage message, Unmapped failure) {
        return message.item(
                ItemTarget.participant(failure.participant()),
                ItemState.FAILING,
                null,
                failure.reason(),
                failure.sentence());
    }
}
