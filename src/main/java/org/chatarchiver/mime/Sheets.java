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
final class Sheets {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Sheets() {}

    static Sheet of(Letter letter, MessageIds ids) {
        return switch (letter.message().kind()) {
            case CHAT, ATTACHMENT -> ChatSheet.of(letter);
            case VOICE_CALL, VIDEO_CALL, CALL_LOG -> CallSheet.of(letter);
            case EDIT -> EditSheet.of(letter, ids);
            case RECALL_FOR_ALL, RECALL_FOR_ME -> RecallSheet.of(letter, ids);
            case REACTION -> ReactionSheet.of(letter, ids);
            case GROUP_EVENT -> GroupEventSheet.of(letter);
            case UNKNOWN -> UnknownSheet.of(letter, ids);
        };
    }

    /** Direction, sender, recipients and group. */
    static Sheet.Builder parties(Sheet.Builder sheet, Message message) {
        Direction direction = message.direction();
        Parties parties = Parties.of(message);
        return sheet.fact("Direction", direction == null ? "" : direction == Direction.IN ? "Incoming" : "Outgoing")
                .fact("From", Parties.inFull(parties.sender()))
                .fact("To", parties.recipients().stream().map(Parties::inFull).collect(Collectors.joining(", ")))
                .fact("Group", group(message.group()))
                .fact("Subject", message.subject());
    }

    /** Which message this one is about, by the source's id and by the Message-ID of its e-mail. */
    static Sheet.Builder about(Sheet.Builder sheet, Letter letter, MessageIds ids) {
        String about = letter.message().about();
        return sheet.fact("About message", about)
                .fact("Message-ID", about.isEmpty() ? "" : ids.messageId(letter.connectorId(), about, ""));
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
