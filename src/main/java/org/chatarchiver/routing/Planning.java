package org.chatarchiver.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.NotServed;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.msexchange.transport.Email;
import org.springframework.stereotype.Component;

/** Records durably what is about to be sent, and groups it by mailbox. A dry run is only counted. */
@Component("planning")
public class Planning {
    private final Items items;
    private final DryCounts dryCounts;
    private final NotServed notServed;
    private final ChatMime mime;

    Planning(Items items, DryCounts dryCounts, NotServed notServed, ChatMime mime) {
        this.items = items;
        this.dryCounts = dryCounts;
        this.notServed = notServed;
        this.mime = mime;
    }

    /** @throws PageWaitsException if another page has recorded the same message meanwhile; the page is taken up again */
    public Plan plan(@Body List<Parcel> parcels) {
        if (parcels.isEmpty()) {
            return new Plan(List.of(), List.of());
        }
        PageWork work = parcels.get(0).work();
        // Before the messages are known, so that one that is first met again after a crash tells it again: each counts
        // once.
        tellUnserved(parcels);
        if (work.run().dry()) {
            count(work, parcels);
            return new Plan(List.of(), List.of());
        }
        record(work, parcels);
        return new Plan(failures(parcels), batches(work, parcels));
    }

    private void tellUnserved(List<Parcel> parcels) {
        parcels.stream()
                .filter(parcel -> !parcel.unserved().isEmpty())
                .collect(Collectors.groupingBy(Planning::run))
                .forEach((run, told) -> notServed.add(
                        run,
                        told.stream()
                                .flatMap(parcel -> parcel.unserved().stream()
                                        .map(one -> new NotServed.Sighting(
                                                parcel.revision().id(),
                                                one.person(),
                                                one.participant(),
                                                one.reason(),
                                                one.sentence())))
                                .toList()));
    }

    /** A message is counted in the run that first met it; a dry run counts for itself. */
    private static String run(Parcel parcel) {
        return parcel.work().run().dry()
                ? parcel.work().run().id()
                : parcel.revision().run();
    }

    private void record(PageWork work, List<Parcel> parcels) {
        List<Items.Fresh> fresh = new ArrayList<>();
        List<Item> again = new ArrayList<>();
        List<Item> met = new ArrayList<>();
        for (Parcel parcel : parcels) {
            List<Item> open = new ArrayList<>(parcel.send());
            open.addAll(parcel.failing());
            parcel.waiting().forEach(one -> open.add(one.settled().item()));
            if (parcel.fresh()) {
                fresh.add(new Items.Fresh(parcel.revision(), open));
            } else {
                again.addAll(open);
                parcel.known().stream()
                        .filter(item -> !item.run().equals(work.run().id()))
                        .forEach(met::add);
            }
        }
        if (!fresh.isEmpty() && !items.register(fresh)) {
            throw new PageWaitsException("another page has just recorded a message of page "
                    + work.page().reference());
        }
        if (!again.isEmpty()) {
            items.restate(again);
        }
        parcels.stream().filter(parcel -> !parcel.replaced().isEmpty()).forEach(this::replace);
        if (!met.isEmpty()) {
            items.metAgain(work.run().id(), met);
        }
        items.settle(waiting(parcels, true));
        List<Items.Settled> undecided = waiting(parcels, false);
        if (!undecided.isEmpty()) {
            items.postpone(undecided, false);
        }
    }

    private void replace(Parcel parcel) {
        List<Item> now = new ArrayList<>(parcel.known());
        now.removeAll(parcel.replaced());
        now.addAll(parcel.send());
        now.addAll(parcel.failing());
        parcel.waiting().forEach(one -> now.add(one.settled().item()));
        items.replaced(parcel.replaced(), now);
    }

    private static List<Items.Settled> waiting(List<Parcel> parcels, boolean counting) {
        return parcels.stream()
                .flatMap(parcel -> parcel.waiting().stream())
                .filter(one -> one.counts() == counting)
                .map(Parcel.Waiting::settled)
                .toList();
    }

    private static List<Failure> failures(List<Parcel> parcels) {
        return parcels.stream()
                .flatMap(parcel -> parcel.failing().stream().map(parcel::failure))
                .toList();
    }

    private List<MailboxBatch> batches(PageWork work, List<Parcel> parcels) {
        Map<String, List<MailboxBatch.Posting>> byMailbox = new LinkedHashMap<>();
        for (Parcel parcel : parcels) {
            if (parcel.sends()) {
                Email email = new Email(
                        mime.ids()
                                .messageId(
                                        work.connector().id(),
                                        parcel.message().id(),
                                        parcel.letter().revision()),
                        parcel.message().time(),
                        parcel.email());
                for (Item item : parcel.send()) {
                    byMailbox
                            .computeIfAbsent(item.target(), mailbox -> new ArrayList<>())
                            .add(new MailboxBatch.Posting(
                                    parcel,
                                    item,
                                    email,
                                    work.doubtful() || parcel.known().contains(item)));
                }
            }
        }
        return byMailbox.entrySet().stream()
                .map(entry -> new MailboxBatch(
                        entry.getKey(),
                        work.connector().folder(),
                        entry.getValue(),
                        entry.getValue().stream().anyMatch(MailboxBatch.Posting::doubtful)))
                .toList();
    }

    /** A message that stands in several pages of the run is counted in one of them. */
    private void count(PageWork work, List<Parcel> parcels) {
        Set<UUID> ours = dryCounts.claim(
                work.page(),
                parcels.stream()
                        .map(Parcel::revision)
                        .flatMap(revision -> Stream.of(revision.id(), message(revision)))
                        .toList());
        parcels.forEach(parcel -> count(work, parcel, ours));
    }

    private static UUID message(Revision revision) {
        return UUID.nameUUIDFromBytes(revision.sourceId().getBytes(StandardCharsets.UTF_8));
    }

    private static void count(PageWork work, Parcel parcel, Set<UUID> ours) {
        UUID message = message(parcel.revision());
        if (ours.contains(message) && work.met().add(message)) {
            add(work, DryCounts.Outcome.MESSAGES, null, 1);
        }
        UUID revision = parcel.revision().id();
        if (!ours.contains(revision) || !work.met().add(revision)) {
            return;
        }
        Reason partial = parcel.sends() ? parcel.partial() : null;
        add(
                work,
                partial == null ? DryCounts.Outcome.IMPORTED : DryCounts.Outcome.PARTIAL,
                null,
                parcel.send().size());
        parcel.failing().forEach(item -> add(work, DryCounts.Outcome.FAILED, item.reason(), 1));
        parcel.waiting()
                .forEach(
                        one -> add(work, DryCounts.Outcome.FAILED, one.settled().reason(), 1));
        for (Item known : parcel.known()) {
            boolean failed = known.state() == ItemState.FAILED;
            add(work, failed ? DryCounts.Outcome.FAILED : DryCounts.Outcome.SKIPPED, failed ? known.reason() : null, 1);
        }
    }

    private static void add(PageWork work, DryCounts.Outcome outcome, Reason reason, long number) {
        if (number > 0) {
            work.dry().merge(new DryCounts.Key(outcome, reason), number, Long::sum);
        }
    }
}
