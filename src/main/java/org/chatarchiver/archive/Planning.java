package org.chatarchiver.archive;

import org.chatarchiver.delivery.MailboxBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Capture;
import org.chatarchiver.ledger.CaptureKey;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.NotServed;
import org.chatarchiver.ledger.Replacements;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.msexchange.transport.Email;
import org.springframework.stereotype.Component;

/** Records durably what is about to be sent, and groups it by mailbox. A dry run is only counted. */
@Component("planning")
public class Planning {
    private final Items items;
    private final Replacements replacements;
    private final DryCounting dryCounting;
    private final NotServed notServed;
    private final ChatMime mime;

    Planning(Items items, Replacements replacements, DryCounting dryCounting, NotServed notServed, ChatMime mime) {
        this.items = items;
        this.replacements = replacements;
        this.dryCounting = dryCounting;
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
            dryCounting.count(work, parcels);
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
        List<CaptureKey> captures = new ArrayList<>();
        for (Parcel parcel : parcels) {
            List<Capture> further = parcel.captures().further();
            if (parcel.fresh()) {
                fresh.add(new Items.Fresh(parcel.revision(), false, parcel.open(), further));
            } else {
                Map<Boolean, List<Item>> open = parcel.open().stream()
                        .collect(Collectors.partitioningBy(item -> further.stream()
                                .anyMatch(capture ->
                                        capture.added() && capture.target().equals(item.target()))));
                if (!further.isEmpty()) {
                    fresh.add(new Items.Fresh(parcel.revision(), true, open.get(true), further));
                }
                again.addAll(open.get(false));
                parcel.captures().met(parcel.known()).stream()
                        .filter(item -> !item.run().equals(work.run().id()))
                        .forEach(met::add);
                captures.addAll(parcel.captures()
                        .ofOtherRuns(work.page(), parcel.revision().run()));
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
        if (!met.isEmpty() || !captures.isEmpty()) {
            items.metAgain(work.run().id(), met, captures);
        }
        items.settle(waiting(parcels, true));
        List<Items.Settled> undecided = waiting(parcels, false);
        if (!undecided.isEmpty()) {
            items.postpone(undecided, false);
        }
    }

    private void replace(Parcel parcel) {
        Set<Item> gone =
                parcel.replaced().stream().map(Parcel.Replaced::failure).collect(Collectors.toSet());
        List<Item> now = new ArrayList<>(parcel.known());
        now.removeIf(gone::contains);
        now.addAll(parcel.open());
        List<Item> ofFirst = parcel.replaced().stream()
                .filter(one -> one.by() == null)
                .map(Parcel.Replaced::failure)
                .toList();
        if (!ofFirst.isEmpty()) {
            replacements.replaced(
                    ofFirst,
                    parcel.fresh()
                            ? now
                            : now.stream().filter(parcel.captures()::ofFirst).toList(),
                    parcel.captures().here().stream().map(Captured::key).toList());
        }
        for (Parcel.Replaced one : parcel.replaced()) {
            if (one.by() != null) {
                Item failure = one.failure();
                replacements.replaced(
                        List.of(failure),
                        now.stream()
                                .filter(item -> item.target().equals(one.by()))
                                .toList(),
                        List.of());
                replacements.moved(
                        failure.message(),
                        failure.target(),
                        one.by(),
                        parcel.known().stream().noneMatch(item -> item.target().equals(one.by())));
            }
        }
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
}
