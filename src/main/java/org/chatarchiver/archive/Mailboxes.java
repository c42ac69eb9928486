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
import org.chatarchiver.ledger.Revision;
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
    MessageWork map(MessageWork messageWork, MailboxDirectory directory) {
        if (messageWork.message() == null) {
            return messageWork;
        }
        MessageWork mapped = messageWork.fresh() ? first(messageWork, directory) : again(messageWork, directory);
        return mapped.captures().further().isEmpty() ? mapped : further(mapped, directory);
    }

    private MessageWork first(MessageWork messageWork, MailboxDirectory directory) {
        Mapping.Mapped mapped = definite(mapper.map(messageWork.message(), rules(messageWork), directory));
        return messageWork
                .with(
                        mapped.targets().stream()
                                .map(target -> send(messageWork, target))
                                .toList(),
                        mapped.failures().stream()
                                .map(failure -> fail(messageWork, failure))
                                .toList(),
                        messageWork.replaced())
                .waiting(mapped.postponed().stream()
                        .map(postponed -> waiting(postponed, waiter(messageWork, postponed)))
                        .toList())
                .unserved(mapped.unserved());
    }

    /** A further capture adds its owner's mailbox, unless that is served already; it says nothing of the other participants. */
    private MessageWork further(MessageWork messageWork, MailboxDirectory directory) {
        List<Item> send = new ArrayList<>(messageWork.send());
        List<Item> failing = new ArrayList<>(messageWork.failing());
        List<MessageWork.Waiting> waiting = new ArrayList<>(messageWork.waiting());
        Set<String> targets = Stream.of(messageWork.known(), messageWork.open())
                .flatMap(List::stream)
                .map(Item::target)
                .collect(Collectors.toSet());
        List<Captured> captures = new ArrayList<>();
        for (Captured captured : messageWork.captures().here()) {
            if (!captured.further()) {
                captures.add(captured);
                continue;
            }
            Mapping.Mapped mapped = definite(mapper.mapOwner(captured.message(), rules(messageWork), directory));
            List<Item> items = new ArrayList<>();
            mapped.targets().forEach(target -> items.add(send(messageWork, target)));
            mapped.failures().forEach(failure -> items.add(fail(messageWork, failure)));
            mapped.postponed().forEach(postponed -> items.add(waiter(messageWork, postponed)));
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
        return messageWork
                .with(send, failing, messageWork.replaced())
                .waiting(waiting)
                .with(messageWork.captures().with(captures));
    }

    private MessageWork again(MessageWork messageWork, MailboxDirectory directory) {
        return new Undecided(messageWork, mapper, retrySchedule, directory, clock.instant()).mapped();
    }

    private MessageWork.Waiting waiting(Postponed trouble, Item item) {
        return waiting(retrySchedule, trouble, item);
    }

    static MessageWork.Waiting waiting(RetrySchedule retrySchedule, Postponed trouble, Item item) {
        return new MessageWork.Waiting(
                retrySchedule.later(item, trouble.reason(), trouble.delay(), trouble.sentence()), !trouble.undecided());
    }

    static Item waiter(MessageWork messageWork, Postponed trouble) {
        return messageWork.item(
                Revision.storable(Item.withoutMailbox(trouble.participant())),
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

    static Rules rules(MessageWork messageWork) {
        return new Rules(
                messageWork.work().connector().id(),
                messageWork.work().connector().automaticMapping());
    }

    static Item send(MessageWork messageWork, Target target) {
        return messageWork.item(
                target.mailbox(), ItemState.SENDING, target.rule().name(), null, null);
    }

    static Item fail(MessageWork messageWork, Unmapped failure) {
        return messageWork.item(
                Revision.storable(Item.withoutMailbox(failure.participant())),
                ItemState.FAILING,
                null,
                failure.reason(),
                failure.sentence());
    }
}
