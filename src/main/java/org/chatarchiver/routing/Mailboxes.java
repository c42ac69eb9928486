package org.chatarchiver.routing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.Mapping;
import org.chatarchiver.mapping.Rules;
import org.chatarchiver.mapping.Target;
import org.chatarchiver.mapping.Unmapped;
import org.springframework.stereotype.Component;

/**
 * Decides what of a parcel is sent where. Mailboxes are those recorded when the message was first mapped; only a message met for the first
 * time is mapped, and after a requeue its unresolved participants.
 */
@Component("mailboxes")
public class Mailboxes {
    private final Mapper mapper;
    private final Clock clock;

    Mailboxes(Mapper mapper, Clock clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /** @throws OutageException if the destination cannot say now which mailboxes exist */
    public Parcel map(@Body Parcel parcel) {
        if (parcel.message() == null) {
            return parcel;
        }
        return parcel.fresh() ? first(parcel) : again(parcel);
    }

    private Parcel first(Parcel parcel) {
        Mapping.Mapped mapped = definite(mapper.map(parcel.message(), rules(parcel)));
        return parcel.with(
                mapped.targets().stream().map(target -> send(parcel, target)).toList(),
                mapped.failures().stream().map(failure -> fail(parcel, failure)).toList(),
                parcel.replaced());
    }

    /** What is open and due in this page of a message that was mapped before; items of other pages are those pages' affair. */
    private Parcel again(Parcel parcel) {
        List<Item> open = parcel.known().stream()
                .filter(item -> item.isOf(parcel.work().page()) && !item.state().isFinal())
                .filter(item -> item.retryAt() == null || !item.retryAt().isAfter(clock.instant()))
                .toList();
        List<Item> send = new ArrayList<>(open.stream().filter(Item::hasMailbox).toList());
        List<Item> failing = new ArrayList<>(open.stream()
                .filter(item -> item.state() == ItemState.FAILING && !item.hasMailbox())
                .toList());
        List<Item> requeued = open.stream()
                .filter(item -> item.state() == ItemState.RETRY && !item.hasMailbox())
                .toList();
        List<Item> replaced = new ArrayList<>(parcel.replaced());
        if (!requeued.isEmpty()) {
            remap(parcel, requeued, send, failing, replaced);
        }
        return parcel.with(send, failing, replaced);
    }

    private void remap(Parcel parcel, List<Item> requeued, List<Item> send, List<Item> failing, List<Item> replaced) {
        Set<String> participants =
                requeued.stream().map(item -> item.target().substring(1)).collect(Collectors.toSet());
        Mapping.Mapped mapped = definite(mapper.remap(parcel.message(), rules(parcel), participants));
        List<Item> failures =
                mapped.failures().stream().map(failure -> fail(parcel, failure)).toList();
        Set<String> still = failures.stream().map(Item::target).collect(Collectors.toSet());
        Set<String> known = parcel.known().stream().map(Item::target).collect(Collectors.toSet());
        failing.addAll(failures);
        requeued.stream().filter(item -> !still.contains(item.target())).forEach(replaced::add);
        mapped.targets().stream()
                .filter(target -> !known.contains(target.mailbox()))
                .map(target -> send(parcel, target))
                .forEach(send::add);
    }

    private static Mapping.Mapped definite(Mapping mapping) {
        if (mapping instanceof Mapping.Outage outage) {
            throw new OutageException(outage.why());
        }
        if (mapping instanceof Mapping.NotReady waiting) {
            throw new OutageException(waiting.why());
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
