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
    public Plan plan(@Body List<MessageWork> messageWorks) {
        if (messageWorks.isEmpty()) {
            return new Plan(List.of(), List.of());
        }
        PageWork work = messageWorks.get(0).work();
        // Before the messages are known, so that one that is first met again after a crash tells it again: each counts
        // once.
        tellUnserved(messageWorks);
        if (work.run().dry()) {
            dryCounting.count(work, messageWorks);
            return new Plan(List.of(), List.of());
        }
        record(work, messageWorks);
        return new Plan(failures(messageWorks), batches(work, messageWorks));
    }

    private void tellUnserved(List<MessageWork> messageWorks) {
        messageWorks.stream()
                .filter(messageWork -> !messageWork.unserved().isEmpty())
                .collect(Collectors.groupingBy(SendJournal::run))
                .forEach((run, told) -> notServed.add(
                        run,
                        told.stream()
                                .flatMap(messageWork -> messageWork.unserved().stream()
                                        .map(one -> new NotServed.Sighting(
                                                messageWork.revision().id(),
                                                one.person(),
                                                one.participant(),
                                                one.reason(),
                                                one.sentence())))
                                .toList()));
    }

    /** A message is counted in the run that first met it; a dry run counts for itself. */
    private static String run(MessageWork messageWork) {
        return messageWork.work().run().dry()
                ? messageWork.work().run().id()
                : messageWork.revision().run();
    }

    private void record(PageWork work, List<MessageWork> messageWorks) {
        List<Items.Fresh> fresh = new ArrayList<>();
        List<Item> again = new ArrayList<>();
        List<Item> met = new ArrayList<>();
        List<CaptureKey> captures = new ArrayList<>();
        for (MessageWork messageWork : messageWorks) {
            List<Capture> further = messageWork.captures().further();
            if (messageWork.fresh()) {
                fresh.add(new Items.Fresh(messageWork.revision(), false, messageWork.open(), further));
            } else {
                Map<Boolean, List<Item>> open = messageWork.open().stream()
                        .collect(Collectors.partitioningBy(item -> further.stream()
                                .anyMatch(capture ->
                                        capture.added() && capture.target().equals(item.target()))));
                if (!further.isEmpty()) {
                    fresh.add(new Items.Fresh(messageWork.revision(), true, open.get(true), further));
                }
                again.addAll(open.get(false));
                messageWork.captures().met(messageWork.known()).stream()
                        .filter(item -> !item.run().equals(work.run().id()))
                        .forEach(met::add);
                captures.addAll(messageWork
                        .captures()
                        .ofOtherRuns(work.page(), messageWork.revision().run()));
            }
        }
        if (!fresh.isEmpty() && !items.register(fresh)) {
            throw new PageWaitsException("another page has just recorded a message of page "
                    + work.page().reference());
        }
        if (!again.isEmpty()) {
            items.restate(again);
        }
        messageWorks.stream()
                .filter(messageWork -> !messageWork.replaced().isEmpty())
                .forEach(this::replace);
        if (!met.isEmpty() || !captures.isEmpty()) {
            items.metAgain(work.run().id(), met, captures);
        }
        items.settle(waiting(messageWorks, true));
        List<Items.Settled> undecided = waiting(messageWorks, false);
        if (!undecided.isEmpty()) {
            items.postpone(undecided, false);
        }
    }

    private void replace(MessageWork messageWork) {
        Set<Item> gone = messageWork.replaced().stream()
                .map(MessageWork.Replaced::failure)
                .collect(Collectors.toSet());
        List<Item> now = new ArrayList<>(messageWork.known());
        now.removeIf(gone::contains);
        now.addAll(messageWork.open());
        List<Item> ofFirst = messageWork.replaced().stream()
                .filter(one -> one.by() == null)
                .map(MessageWork.Replaced::failure)
                .toList();
        if (!ofFirst.isEmpty()) {
            replacements.replaced(
                    ofFirst,
                    messageWork.fresh()
                            ? now
                            : now.stream()
                                    .filter(messageWork.captures()::ofFirst)
                                    .toList(),
                    messageWork.captures().here().stream().map(Captured::key).toList());
        }
        for (MessageWork.Replaced one : messageWork.replaced()) {
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
                        messageWork.known().stream()
                                .noneMatch(item -> item.target().equals(one.by())));
            }
        }
    }

    private static List<Items.Settled> waiting(List<MessageWork> messageWorks, boolean counting) {
        return messageWorks.stream()
                .flatMap(messageWork -> messageWork.waiting().stream())
                .filter(one -> one.counts() == counting)
                .map(MessageWork.Waiting::settled)
                .toList();
    }

    private static List<Failure> failures(List<MessageWork> messageWorks) {
        return messageWorks.stream()
                .flatMap(messageWork -> messageWork.failing().stream().map(messageWork::failure))
                .toList();
    }

    private List<MailboxBatch> batches(PageWork work, List<MessageWork> messageWorks) {
        Map<String, List<MailboxBatch.Posting>> byMailbox = new LinkedHashMap<>();
        for (MessageWork messageWork : messageWorks) {
            if (messageWork.sends()) {
                Email email = new Email(
                        mime.ids()
                                .messageId(
                                        work.connector().id(),
                                        messageWork.message().id(),
                                        messageWork.archived().revision()),
                        messageWork.message().time(),
                        messageWork.email());
                for (Item item : messageWork.send()) {
                    byMailbox
                            .computeIfAbsent(item.target(), mailbox -> new ArrayList<>())
                            .add(new MailboxBatch.Posting(
                                    messageWork,
                                    item,
                                    email,
                                    work.doubtful() || messageWork.known().contains(item)));
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
