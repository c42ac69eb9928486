package org.chatarchiver.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.chatarchiver.delivery.MailboxBatch;
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
@Component("sendJournal")
public class SendJournal {
    private final Items items;
    private final Replacements replacements;
    private final DryCounting dryCounting;
    private final NotServed notServed;
    private final ChatMime mime;

    SendJournal(Items items, Replacements replacements, DryCounting dryCounting, NotServed notServed, ChatMime mime) {
        this.items = items;
        this.replacements = replacements;
        this.dryCounting = dryCounting;
        this.notServed = notServed;
        this.mime = mime;
    }

    /** @throws PageWaitsException if another page has recorded the same message meanwhile; the page is taken up again */
    public Plan plan(@Body List<PreparedMessage> prepared) {
        if (prepared.isEmpty()) {
            return new Plan(List.of(), List.of());
        }
        List<MappedMessage> messages =
                prepared.stream().map(PreparedMessage::mapped).toList();
        PageWork work = messages.get(0).work();
        // Before the messages are known, so that one that is first met again after a crash tells it again: each counts
        // once.
        tellUnserved(messages);
        if (work.run().dry()) {
            dryCounting.count(work, prepared);
            return new Plan(List.of(), List.of());
        }
        List<MarshalledMessage> marshalled = marshalled(prepared);
        record(work, messages);
        return new Plan(failures(messages), batches(work, marshalled));
    }

    /** What is recorded as being sent must be sent: a route that lets a message by unmarshalled is told before. */
    private static List<MarshalledMessage> marshalled(List<PreparedMessage> prepared) {
        List<MarshalledMessage> marshalled = new ArrayList<>();
        for (PreparedMessage message : prepared) {
            if (message instanceof MarshalledMessage sent) {
                marshalled.add(sent);
            } else if (message.mapped().sends()) {
                throw new IllegalStateException(
                        "A message is to be sent, and the route make-email has not marshalled it");
            }
        }
        return marshalled;
    }

    private void tellUnserved(List<MappedMessage> messages) {
        messages.stream()
                .filter(message -> !message.items().unserved().isEmpty())
                .collect(Collectors.groupingBy(SendJournal::run))
                .forEach((run, told) -> notServed.add(
                        run,
                        told.stream()
                                .flatMap(message -> message.items().unserved().stream()
                                        .map(one -> new NotServed.Sighting(
                                                message.known().revision().id(),
                                                one.person(),
                                                one.participant(),
                                                one.reason(),
                                                one.sentence())))
                                .toList()));
    }

    /** A message is counted in the run that first met it; a dry run counts for itself. */
    private static String run(MappedMessage message) {
        return message.work().run().dry()
                ? message.work().run().id()
                : message.known().revision().run();
    }

    private void record(PageWork work, List<MappedMessage> messages) {
        List<Items.Fresh> fresh = new ArrayList<>();
        List<Item> again = new ArrayList<>();
        List<Item> met = new ArrayList<>();
        List<CaptureKey> captures = new ArrayList<>();
        for (MappedMessage message : messages) {
            KnownMessage known = message.known();
            List<Capture> further = known.captures().further();
            List<Item> all = message.items().open();
            if (known.fresh()) {
                fresh.add(new Items.Fresh(known.revision(), false, all, further));
            } else {
                Map<Boolean, List<Item>> open = all.stream().collect(Collectors.partitioningBy(item -> further.stream()
                        .anyMatch(capture -> capture.added() && capture.target().equals(item.target()))));
                if (!further.isEmpty()) {
                    fresh.add(new Items.Fresh(known.revision(), true, open.get(true), further));
                }
                again.addAll(open.get(false));
                known.captures().met(known.items()).stream()
                        .filter(item -> !item.run().equals(work.run().id()))
                        .forEach(met::add);
                captures.addAll(known.captures()
                        .ofOtherRuns(work.page(), known.revision().run()));
            }
        }
        if (!fresh.isEmpty() && !items.register(fresh)) {
            throw new PageWaitsException("another page has just recorded a message of page "
                    + work.page().reference());
        }
        if (!again.isEmpty()) {
            items.restate(again);
        }
        messages.stream()
                .filter(message -> !message.items().replaced().isEmpty())
                .forEach(this::replace);
        if (!met.isEmpty() || !captures.isEmpty()) {
            items.metAgain(work.run().id(), met, captures);
        }
        items.settle(waiting(messages, true));
        List<Items.Settled> undecided = waiting(messages, false);
        if (!undecided.isEmpty()) {
            items.postpone(undecided, false);
        }
    }

    private void replace(MappedMessage message) {
        KnownMessage known = message.known();
        List<MappedItems.Replaced> replaced = message.items().replaced();
        Set<Item> gone = replaced.stream().map(MappedItems.Replaced::failure).collect(Collectors.toSet());
        List<Item> now = new ArrayList<>(known.items());
        now.removeIf(gone::contains);
        now.addAll(message.items().open());
        List<Item> ofFirst = replaced.stream()
                .filter(one -> one.by() == null)
                .map(MappedItems.Replaced::failure)
                .toList();
        if (!ofFirst.isEmpty()) {
            replacements.replaced(
                    ofFirst,
                    known.fresh()
                            ? now
                            : now.stream().filter(known.captures()::ofFirst).toList(),
                    known.captures().here().stream().map(Captured::key).toList());
        }
        for (MappedItems.Replaced one : replaced) {
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
                        known.items().stream().noneMatch(item -> item.target().equals(one.by())));
            }
        }
    }

    private static List<Items.Settled> waiting(List<MappedMessage> messages, boolean counting) {
        return messages.stream()
                .flatMap(message -> message.items().waiting().stream())
                .filter(one -> one.counts() == counting)
                .map(MappedItems.Waiting::settled)
                .toList();
    }

    private static List<Failure> failures(List<MappedMessage> messages) {
        return messages.stream()
                .flatMap(message -> message.items().failing().stream().map(message.known()::failure))
                .toList();
    }

    private List<MailboxBatch> batches(PageWork work, List<MarshalledMessage> marshalled) {
        Map<String, List<MailboxBatch.Posting>> byMailbox = new LinkedHashMap<>();
        for (MarshalledMessage message : marshalled) {
            FittedMessage fitted = message.fitted();
            Email email = new Email(
                    mime.ids().messageId(work.connector().id(), fitted.message().id(), fitted.revision()),
                    fitted.message().time(),
                    message.email());
            for (Item item : message.mapped().items().send()) {
                boolean doubtful =
                        work.doubtful() || message.mapped().known().items().contains(item);
                byMailbox
                        .computeIfAbsent(item.mailbox(), mailbox -> new ArrayList<>())
                        .add(new MailboxBatch.Posting(message, item, email, doubtful));
            }
        }
        return byMailbox.entrySet().stream()
                .map(entry -> new MailboxBatch(
                        entry.getKey(),
                        work.mailFolder(),
                        entry.getValue(),
                        entry.getValue().stream().anyMatch(MailboxBatch.Posting::doubtful),
                        work.fence()))
                .toList();
    }
}
