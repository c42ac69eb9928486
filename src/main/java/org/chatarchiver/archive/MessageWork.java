package org.chatarchiver.archive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.delivery.SentMessage;
import org.chatarchiver.ledger.Capture;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.mapping.Unserved;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Message;
import org.chatarchiver.mime.ArchivedMessage;

/**
 * One element of a page on its way: what the ledger knows of it, what is to be sent, and in the end its e-mail.
 *
 * @param message null for an element that could not be understood
 * @param known items that the ledger has of this revision; empty for a revision met for the first time
 * @param fresh whether the revision is met for the first time
 * @param captures whose devices captured it
 * @param send items to be delivered
 * @param failing items on their way to a channel
 * @param replaced failures that a requeue has resolved, or participants who waited and are mapped now
 * @param waiting participants who are not mapped yet, since their mailbox is in trouble
 * @param unserved participants whose address could not be used, told as the message is first mapped
 * @param email null until marshalled, and for what is not sent
 */
public record MessageWork(
        PageWork work,
        Message message,
        Revision revision,
        boolean fresh,
        Captures captures,
        List<Item> known,
        List<Item> send,
        List<Item> failing,
        List<Replaced> replaced,
        List<Waiting> waiting,
        List<Unserved> unserved,
        byte[] email)
        implements SentMessage {
    /**
     * An item in its wait.
     *
     * @param counts whether this was a try, and its patience runs
     */
    public record Waiting(Items.Settled settled, boolean counts) {}

    /**
     * A failure that is no more.
     *
     * @param by the target of the item that one capture's owner came to instead; null where all items of the first capture stand for it
     */
    record Replaced(Item failure, String by) {
        static Replaced ofFirst(Item failure) {
            return new Replaced(failure, null);
        }
    }

    static MessageWork of(PageWork work, Message message, Revision revision, boolean fresh, List<Item> known) {
        return new MessageWork(
                work,
                message,
                revision,
                fresh,
                new Captures(List.of(), List.of(), work.page().sha256()),
                known,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    MessageWork with(Captures others) {
        return new MessageWork(
                work, message, revision, fresh, others, known, send, failing, replaced, waiting, unserved, email);
    }

    MessageWork with(List<Item> toSend, List<Item> toFail, List<Replaced> resolved) {
        return new MessageWork(
                work, message, revision, fresh, captures, known, toSend, toFail, resolved, waiting, unserved, email);
    }

    MessageWork with(Message other) {
        return new MessageWork(
                work, other, revision, fresh, captures, known, send, failing, replaced, waiting, unserved, email);
    }

    MessageWork waiting(List<Waiting> items) {
        return new MessageWork(
                work, message, revision, fresh, captures, known, send, failing, replaced, items, unserved, email);
    }

    MessageWork unserved(List<Unserved> participants) {
        return new MessageWork(
                work, message, revision, fresh, captures, known, send, failing, replaced, waiting, participants, email);
    }

    MessageWork with(byte[] bytes) {
        return new MessageWork(
                work, message, revision, fresh, captures, known, send, failing, replaced, waiting, unserved, bytes);
    }

    /** Everything that was to be sent fails alike. */
    MessageWork failed(Reason reason, String sentence) {
        List<Item> all = new ArrayList<>(failing);
        send.forEach(item -> all.add(item(item.target(), ItemState.FAILING, item.rule(), reason, sentence)));
        return new MessageWork(
                work, message, revision, fresh, captures, known, List.of(), all, replaced, waiting, unserved, null);
    }

    /**
     * Everything that was to be sent in its wait, where it has not been tried for too long; a dry run waits for nothing.
     *
     * @param asked what the destination or the feed asked for; zero where it did not say
     */
    MessageWork later(RetrySchedule retrySchedule, Reason reason, Duration asked, String sentence) {
        List<Item> fail = new ArrayList<>(failing);
        List<Waiting> wait = new ArrayList<>(waiting);
        for (Item item : send) {
            if (work.run().dry() || retrySchedule.isOver(item)) {
                fail.add(item(item.target(), ItemState.FAILING, item.rule(), reason, sentence));
            } else {
                wait.add(new Waiting(retrySchedule.later(item, reason, asked, sentence), true));
            }
        }
        return with(List.of(), fail, replaced).waiting(wait);
    }

    /** An item of this message, counted in the run of the page at hand: no other page's items are at work in it. */
    Item item(String target, ItemState state, String rule, Reason reason, String detail) {
        return new Item(
                revision.id(),
                target,
                work.page().run(),
                work.page().number(),
                state,
                rule,
                reason,
                detail,
                0,
                null,
                null);
    }

    /** Those items that are put on their way here, or fail or wait. */
    List<Item> open() {
        List<Item> open = new ArrayList<>(send);
        open.addAll(failing);
        waiting.forEach(one -> open.add(one.settled().item()));
        return open;
    }

    /** Whether there is an e-mail to be made. */
    public boolean sends() {
        return !send.isEmpty();
    }

    /** Whether attachments must be fetched from the landing zone or the feed before there can be an e-mail. */
    public boolean remote() {
        return message != null
                && sends()
                && message.attachments().stream()
                        .anyMatch(attachment -> attachment.content() instanceof Content.Remote);
    }

    @Override
    public String connector() {
        return work.connector().id();
    }

    /** One that is left out counts before one that differs. */
    @Override
    public Reason partial() {
        return message.attachments().stream()
                .flatMap(attachment -> Stream.ofNullable(partial(attachment)))
                .min(Comparator.comparing(reason -> reason == Reason.ATTACHMENT_DIFFERS))
                .orElse(null);
    }

    private static Reason partial(Attachment attachment) {
        if (!(attachment.content() instanceof Content.Absent absent)) {
            return attachment.differs() ? Reason.ATTACHMENT_DIFFERS : null;
        }
        return switch (absent.why()) {
            case TOO_LARGE, ITEM_TOO_LARGE -> Reason.ATTACHMENT_TOO_LARGE;
            case GONE -> Reason.ATTACHMENT_GONE;
            case UNDECODABLE -> Reason.ATTACHMENT_UNDECODABLE;
            case REFUSED -> Reason.ATTACHMENT_REFUSED;
            case FOREIGN_HREF -> Reason.ATTACHMENT_FOREIGN;
        };
    }

    /** What is marshalled: as the first capture has it, so that every mailbox gets the same bytes whichever capture brings them. */
    public ArchivedMessage archived() {
        return new ArchivedMessage(
                asFirstCaptured(),
                work.connector().id(),
                work.connector().name(),
                work.connector().network(),
                captures.pageSha256(),
                revision.number() == 0 ? "" : revision.digest());
    }

    private Message asFirstCaptured() {
        Direction direction = revision.direction() == null ? message.direction() : Direction.of(revision.direction());
        return message.msisdn().equals(revision.owner()) && message.direction() == direction
                ? message
                : message.captured(revision.owner(), direction);
    }

    @Override
    public Failure failure(Item item, Reason reason, String sentence) {
        return failure(item(item.target(), ItemState.FAILING, item.rule(), reason, sentence));
    }

    Failure failure(Item item) {
        Optional<Capture> capture = captures.maker(item);
        return new Failure(
                work.connector().id(),
                item.run(),
                revision,
                item,
                capture.map(Capture::msisdn).orElse(revision.owner()),
                capture.map(Capture::position).orElse(revision.position()),
                item.reason(),
                item.detail() == null ? "" : item.detail(),
                work.page().path());
    }
}
