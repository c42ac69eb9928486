package org.chatarchiver.mime;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Group;
import org.chatarchiver.message.Message;

/** The sheet of each kind, and the facts that they share. */
final class MailBodies {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private MailBodies() {}

    static MailBody of(ArchivedMessage archived, MessageIds ids) {
        return switch (archived.message().kind()) {
            case CHAT, ATTACHMENT -> ChatBody.of(archived);
            case VOICE_CALL, VIDEO_CALL, CALL_LOG -> CallBody.of(archived);
            case EDIT -> EditBody.of(archived, ids);
            case RECALL_FOR_ALL, RECALL_FOR_ME -> RecallBody.of(archived, ids);
            case REACTION -> ReactionBody.of(archived, ids);
            case GROUP_EVENT -> GroupEventBody.of(archived);
            case UNKNOWN -> UnknownBody.of(archived, ids);
        };
    }

    /** Direction, sender, recipients and group. */
    static MailBody.Builder parties(MailBody.Builder body, Message message) {
        Direction direction = message.direction();
        Parties parties = Parties.of(message);
        return body.fact("Direction", direction == null ? "" : direction == Direction.IN ? "Incoming" : "Outgoing")
                .fact("From", Parties.inFull(parties.sender()))
                .fact("To", parties.recipients().stream().map(Parties::inFull).collect(Collectors.joining(", ")))
                .fact("Group", group(message.group()))
                .fact("Subject", message.subject());
    }

    /** Which message this one is about, by the source's id and by the Message-ID of its e-mail. */
    static MailBody.Builder about(MailBody.Builder body, ArchivedMessage archived, MessageIds ids) {
        String about = archived.message().about();
        return body.fact("About message", about)
                .fact("Message-ID", about.isEmpty() ? "" : ids.messageId(archived.connectorId(), about, ""));
    }

    static String time(Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    private static String group(Group group) {
        if (group == null) {
            return "";
        }
        if (Invisible.all(group.name())) {
            return group.id();
        }
        return group.id().isEmpty() ? group.name() : group.name() + " (" + group.id() + ")";
    }
}
