package org.chatarchiver.routing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.Mapping;
import org.chatarchiver.mapping.Postponed;
import org.chatarchiver.mapping.Rules;
import org.chatarchiver.mapping.Target;
import org.chatarchiver.mapping.Unmapped;
import org.chatarchiver.mapping.Unserved;
import org.chatarchiver.message.Message;
import org.springframework.stereotype.Component;

/**
 * Decides what of a parcel is sent where. Mailboxes are those recorded when the message was first mapped; only a message met for the first
 * time is mapped, and later those of its participants that were requeued as unresolved or whose mailbox was in trouble.
 */
@Component("mailboxes")
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
    public Parcel map(@Body Parcel parcel) {
        if (parcel.message() == null) {
            return parcel;
        }
        return parcel.fresh() ? first(parcel) : again(parcel);
    }

    private Parcel first(Parcel parcel) {
        Mapping.Mapped mapped = definite(mapper.map(parcel.message(), rules(parcel)));
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

    /** What is open and due in this page of a message that was mapped before; items of other pages are those pages' affair. */
    private Parcel again(Parcel parcel) {
        Undecided undecided = new Undecided(parcel);
        for (Item item : parcel.known()) {
            if (!item.isOf(parcel.work().page())
                    || item.state().isFinal()
                    || item.retryAt() != null && item.retryAt().isAfter(clock.instant())) {
                continue;
            }
            if (item.hasMailbox()) {
                undecided.send.add(item);
            } else if (item.state() == ItemState.FAILING) {
                undecided.failing.add(item);
            } else if (item.reason() == null || item.reason().channel() == Channel.UNMAPPED) {
                undecided.requeued.add(item);
            } else {
                undecided.postponed.add(item);
            }
        }
        undecided.map(undecided.requeued, mapper::remap);
        undecided.map(undecided.postponed, mapper::resume);
        return parcel.with(undecided.send, undecided.failing, undecided.replaced)
                .waiting(undecided.waiting)
                .unserved(undecided.unserved);
    }

    /** Maps some participants of a message. */
    private interface Remapping {
        Mapping map(Message message, Rules rules, Collection<String> participants);
    }

    /** What a known message comes to as its open participants are mapped again. */
    private final class Undecided {
        private final Parcel parcel;
        private final List<Item> requeued = new ArrayList<>();
        private final List<Item> postponed = new ArrayList<>();
        private final List<Item> send = new ArrayList<>();
        private final List<Item> failing = new ArrayList<>();
        private final List<Item> replaced;
        private final List<Parcel.Waiting> waiting = new ArrayList<>();
        private final List<Unserved> unserved = new ArrayList<>();

        Undecided(Parcel parcel) {
            this.parcel = parcel;
            this.replaced = new ArrayList<>(parcel.replaced());
        }

        void map(List<Item> open, Remapping mapping) {
            if (open.isEmpty()) {
                return;
            }
            Set<String> participants =
                    open.stream().map(item -> item.target().substring(1)).collect(Collectors.toSet());
            Mapping.Mapped mapped = definite(mapping.map(parcel.message(), rules(parcel), participants));
            unserved.addAll(mapped.unserved());
            Set<String> still = new HashSet<>();
            mapped.failures().stream().map(failure -> fail(parcel, failure)).forEach(item -> {
                still.add(item.target());
                failing.add(item);
            });
            mapped.postponed().forEach(trouble -> still.add(postpone(trouble).target()));
            open.stream().filter(item -> !still.contains(item.target())).forEach(replaced::add);
            Set<String> taken = Stream.of(parcel.known(), send)
                    .flatMap(List::stream)
                    .map(Item::target)
                    .collect(Collectors.toSet());
            mapped.targets().stream()
                    .filter(target -> !taken.contains(target.mailbox()))
                    .map(target -> Mailboxes.send(parcel, target))
                    .forEach(send::add);
        }

        private Item postpone(Postponed trouble) {
            Item fresh = waiter(parcel, trouble);
            Item item = parcel.known().stream()
                    .filter(known -> known.target().equals(fresh.target()))
                    .findFirst()
                    .orElse(fresh);
            if (trouble.undecided() ? patience.isTooLong(item) : patience.isOver(item)) {
                failing.add(parcel.item(item.target(), ItemState.FAILING, null, trouble.reason(), trouble.sentence()));
            } else {
                waiting.add(waiting(trouble, item));
            }
            return item;
        }
    }

    private Parcel.Waiting waiting(Postponed trouble, Item item) {
        return new Parcel.Waiting(
                patience.later(item, trouble.reason(), trouble.delay(), trouble.sentence()), !trouble.undecided());
    }

    private static Item waiter(Parcel parcel, Postponed trouble) {
        return parcel.item(
                Revision.storable(Item.withoutMailbox(trouble.participant())),
                ItemState.RETRY,
                null,
                trouble.reason(),
                trouble.sentence());
    }

    private static Mapping.Mapped definite(Mapping mapping) {
        if (mapping instanceof Mapping.Outage outage) {
            throw new OutageException(outage.why());
        }
        if (mapping instanceof Mapping.NotReady waiting) {
            throw PageWaitsException.told(waiting.why());
        }
        return (Mapping.Mapped) Objects.requireNonNull(mapping);
    }

    private static Rules rules(Parcel parcel) {
        return new Rules(
                parcel.work().connector().id(), parcel.work().connector().automaticMapping());
    }

    private static Item send(Parcel parcel, Target target) {
        return parcel.item(target.mailbox(), ItemState.SENDING, target.rule().name(), null, null);
    }

    private static Item fail(Parcel parcel, Unmapped failure) {
        return parcel.item(
                Revision.storable(Item.withoutMailbox(failure.participant())),
                ItemState.FAILING,
                null,
                failure.reason(),
                failure.sentence());
    }
}
