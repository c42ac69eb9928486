package org.chatarchiver.message;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One element of a page. Absent strings are empty, absent lists are empty; only the fields named so may be null.
 *
 * @param id the source's message id, never empty, at most 1,000 characters
 * @param about the id of the message that this edit, recall, reaction or quoted reply is about; empty otherwise
 * @param time when it was sent
 * @param context the source's {@code messageContext}, as given
 * @param direction null where the source gave none
 * @param msisdn the owner's number as the source gave it; empty where it gave none
 * @param from null where the source gave none
 * @param group null outside groups
 * @param text line ends as given
 * @param eventType the source's {@code eventType}: Reaction, Join, Leave ...
 * @param previousText the text before an edit
 * @param calls each call that the source tells of in this element; empty where the message is no call
 * @param repaired the source's fields in which broken characters were replaced by U+FFFD, joined by commas; no part of the content
 */
public record Message(
        String id,
        Kind kind,
        String about,
        Instant time,
        String context,
        Direction direction,
        String msisdn,
        Party from,
        List<Party> to,
        Group group,
        String subject,
        String text,
        String eventType,
        String previousText,
        List<Call> calls,
        List<Attachment> attachments,
        String repaired) {

    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(time, "time");
        to = List.copyOf(to);
        calls = List.copyOf(calls);
        attachments = List.copyOf(attachments);
    }

    /** A message in which nothing was broken. */
    public Message(
            String id,
            Kind kind,
            String about,
            Instant time,
            String context,
            Direction direction,
            String msisdn,
            Party from,
            List<Party> to,
            Group group,
            String subject,
            String text,
            String eventType,
            String previousText,
            List<Call> calls,
            List<Attachment> attachments) {
        this(
                id,
                kind,
                about,
                time,
                context,
                direction,
                msisdn,
                from,
                to,
                group,
                subject,
                text,
                eventType,
                previousText,
                calls,
                attachments,
                "");
    }

    /** Without texts and names: what is printed by accident must not leak. */
    @Override
    public String toString() {
        return "Message[" + Printable.of(id) + ", " + kind + "]";
    }

    public Message with(List<Attachment> others) {
        return new Message(
                id,
                kind,
                about,
                time,
                context,
                direction,
                msisdn,
                from,
                to,
                group,
                subject,
                text,
                eventType,
                previousText,
                calls,
                others,
                repaired);
    }

    /** The same message from another device's point of view. */
    public Message captured(String by, Direction seen) {
        return new Message(
                id,
                kind,
                about,
                time,
                context,
                seen,
                by,
                from,
                to,
                group,
                subject,
                text,
                eventType,
                previousText,
                calls,
                attachments,
                repaired);
    }

    /** The sender, then the recipients, in the source's order. */
    public List<Party> participants() {
        return Stream.concat(Stream.ofNullable(from), to.stream()).toList();
    }

    /** What threads a conversation: the group's id, else the sorted participants joined by commas. */
    public String conversation() {
        if (group != null && !group.id().isEmpty()) {
            return group.id();
        }
        return participants().stream().map(Party::value).distinct().sorted().collect(Collectors.joining(","));
    }
}
