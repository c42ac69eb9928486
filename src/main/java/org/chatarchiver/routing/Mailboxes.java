package org.chatarchiver.routing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Capture;
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
        Parcel mapped = parcel.fresh() ? first(parcel) : again(parcel);
        return mapped.captures().further().isEmpty() ? mapped : further(mapped);
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

    /** A further capture adds its owner's mailbox, unless that is served already; it says nothing of the other participants. */
    private Parcel further(Parcel parcel) {
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
            Mapping.Mapped mapped = definite(mapper.mapOwner(captured.message(), rules(parcel)));
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
        private final List<Parcel.Replaced> replaced;
        private final List<Parcel.Waiting> waiting = new ArrayList<>();
        private final List<Unserved> unserved = new ArrayList<>();

        Undecided(Parcel parcel) {
            this.parcel = parcel;
            this.replaced = new ArrayList<>(parcel.replaced());
        }

        /** Each with the capture that it comes from: one that stands in another chunk of this page is taken up there. */
        void map(List<Item> items, Remapping mapping) {
            List<Item> open = new ArrayList<>();
            for (Item item : items) {
                Optional<Capture> capture = parcel.captures().cameTo(item);
                if (capture.isPresent()) {
                    asOwner(capture.get()).ifPresent(message -> mapOwner(item, message, mapping));
                } else if (parcel.captures().first().isPresent()) {
                    open.add(item);
                }
            }
            if (!open.isEmpty()) {
                mapParticipants(open, mapping);
            }
        }

        private Optional<Message> asOwner(Capture capture) {
            Optional<Message> here = parcel.captures().here(capture).map(Captured::message);
            if (here.isPresent() || capture.isOf(parcel.work().page())) {
                return here;
            }
            Message message = parcel.message();
            return Optional.of(message.captured(capture.msisdn(), message.direction()));
        }

        private void mapOwner(Item item, Message message, Remapping mapping) {
            Mapping.Mapped mapped = definite(mapping.map(message, rules(parcel), Mapper.OWNER));
            mapped.failures()
                    .forEach(failure -> failing.add(
                            parcel.item(item.target(), ItemState.FAILING, null, failure.reason(), failure.sentence())));
            mapped.postponed().forEach(trouble -> postpone(trouble, item));
            for (Target target : mapped.targets()) {
                replaced.add(new Parcel.Replaced(item, target.mailbox()));
                if (!taken().contains(target.mailbox())) {
                    send.add(Mailboxes.send(parcel, target));
                }
            }
        }

        private void mapParticipants(List<Item> open, Remapping mapping) {
            Set<String> participants =
                    open.stream().map(item -> item.target().substring(1)).collect(Collectors.toSet());
            Message message = parcel.captures().first().orElseThrow().message();
            Mapping.Mapped mapped = definite(mapping.map(message, rules(parcel), participants));
            unserved.addAll(mapped.unserved());
            Set<String> still = new HashSet<>();
            mapped.failures().stream().map(failure -> fail(parcel, failure)).forEach(item -> {
                still.add(item.target());
                failing.add(item);
            });
            mapped.postponed().forEach(trouble -> still.add(postpone(trouble).target()));
            open.stream()
                    .filter(item -> !still.contains(item.target()))
                    .map(Parcel.Replaced::ofFirst)
                    .forEach(replaced::add);
            Set<String> taken = taken();
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
            postpone(trouble, item);
            return item;
        }

        private void postpone(Postponed trouble, Item item) {
            if (trouble.undecided() ? patience.isTooLong(item) : patience.isOver(item)) {
                failing.add(parcel.item(item.target(), ItemState.FAILING, null, trouble.reason(), trouble.sentence()));
            } else {
                waiting.add(waiting(trouble, item));
            }
        }

        private Set<String> taken() {
            return Stream.of(parcel.known(), send)
                    .flatMap(List::stream)
                    .map(Item::target)
                    .collect(Collectors.toSet());
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
