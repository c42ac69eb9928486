package org.chatarchiver.archive;

import org.chatarchiver.delivery.OutageException;
import org.chatarchiver.delivery.Patience;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * Decides what of a parcel is sent where. Mailboxes are those recorded when the message was first mapped; only a message met for the first
 * time is mapped, and later those of its participants that were requeued as unresolved or whose mailbox was in trouble.
 */
@Component
public class Mailboxes {
    private final Mapper mapper;
    private final Patience patience;
    private final Clock clock;

    Mailboxes(Mapper mapper, Patience patience, Clock clock) {
        this.mapper = mapper;
        this.patience = patience;
        this.clock = clock;
    }

    /** @throws OutageException if the destination as a whole cannot say now which mailboxes exist */
    Parcel map(Parcel parcel, MailboxDirectory directory) {
        if (parcel.message() == null) {
            return parcel;
        }
        Parcel mapped = parcel.fresh() ? first(parcel, directory) : again(parcel, directory);
        return mapped.captures().further().isEmpty() ? mapped : further(mapped, directory);
    }

    private Parcel first(Parcel parcel, MailboxDirectory directory) {
        Mapping.Mapped mapped = definite(mapper.map(parcel.message(), rules(parcel), directory));
        return parcel.with(
                        mapped.targets().stream()
                                .map(target -> send(parcel, target))
                                .toList(),
                        mapped.failures().stream()
                                .map(failure -> fail(parcel, failure))
                                .toList(),
                        parcel.replaced())
                .waiting(mapped.postponed().stream()
                        .map(postponed -> waiting(postponed, waiter(parcel, postponed)))
                        .toList())
                .unserved(mapped.unserved());
    }

    /** A further capture adds its owner's mailbox, unless that is served already; it says nothing of the other participants. */
    private Parcel further(Parcel parcel, MailboxDirectory directory) {
        List<Item> send = new ArrayList<>(parcel.send());
        List<Item> failing = new ArrayList<>(parcel.failing());
        List<Parcel.Waiting> waiting = new ArrayList<>(parcel.waiting());
        Set<String> targets = Stream.of(parcel.known(), parcel.open())
                .flatMap(List::stream)
                .map(Item::target)
                .collect(Collectors.toSet());
        List<Captured> captures = new ArrayList<>();
        for (Captured captured : parcel.captures().here()) {
            if (!captured.further()) {
                captures.add(captured);
                continue;
            }
            Mapping.Mapped mapped = definite(mapper.mapOwner(captured.message(), rules(parcel), directory));
            List<Item> items = new ArrayList<>();
            mapped.targets().forEach(target -> items.add(send(parcel, target)));
            mapped.failures().forEach(failure -> items.add(fail(parcel, failure)));
            mapped.postponed().forEach(postponed -> items.add(waiter(parcel, postponed)));
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
        return parcel.with(send, failing, parcel.replaced())
                .waiting(waiting)
                .with(parcel.captures().with(captures));
    }

    private Parcel again(Parcel parcel, MailboxDirectory directory) {
        return new Undecided(parcel, mapper, patience, directory, clock.instant()).mapped();
    }

    private Parcel.Waiting waiting(Postponed trouble, Item item) {
        return waiting(patience, trouble, item);
    }

    static Parcel.Waiting waiting(Patience patience, Postponed trouble, Item item) {
        return new Parcel.Waiting(
                patience.later(item, trouble.reason(), trouble.delay(), trouble.sentence()), !trouble.undecided());
    }

    static Item waiter(Parcel parcel, Postponed trouble) {
        return parcel.item(
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

    static Rules rules(Parcel parcel) {
        return new Rules(
                parcel.work().connector().id(), parcel.work().connector().automaticMapping());
    }

    static Item send(Parcel parcel, Target target) {
        return parcel.item(target.mailbox(), ItemState.SENDING, target.rule().name(), null, null);
    }

    static Item fail(Parcel parcel, Unmapped failure) {
        return parcel.item(
                Revision.storable(Item.withoutMailbox(failure.participant())),
                ItemState.FAILING,
                null,
                failure.reason(),
                failure.sentence());
    }
}
