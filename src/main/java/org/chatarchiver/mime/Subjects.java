package org.chatarchiver.mime;

import org.chatarchiver.message.Call;
import org.chatarchiver.message.Group;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;

/** The subject line of each kind of message (the table in the e-mail form). */
final class Subjects {
    private static final int LONGEST_NAME = 100;

    private Subjects() {}

    static String of(ArchivedMessage archived) {
        Message message = archived.message();
        String network = network(archived);
        Parties parties = Parties.of(message);
        return switch (message.kind()) {
            case CHAT -> network + " message" + between(message, parties);
            case ATTACHMENT -> network + " file" + between(message, parties) + files(archived);
            case VOICE_CALL, VIDEO_CALL, CALL_LOG ->
                (unanswered(message) ? "Unanswered " : "") + network + " " + callWord(message.kind())
                        + between(message, parties);
            case EDIT -> "EDIT: " + network + " message" + between(message, parties);
            case RECALL_FOR_ALL -> "DELETED For All: " + network + " message" + between(message, parties);
            case RECALL_FOR_ME -> "DELETED For Me: " + network + " message" + between(message, parties);
            case REACTION ->
                (ReactionBody.takenBack(message) ? "TAKEN BACK: " : "") + network + " reaction"
                        + between(message, parties);
            case GROUP_EVENT -> network + " group" + groupName(message.group(), " ") + ": " + event(message);
            case UNKNOWN -> network + " item" + between(message, parties);
        };
    }

    /**
     * The network as people call it: the connector's name without its last word "Archiver" and a "Network" before that, as in
     * {@code AT&T SMS/MMS Network Archiver}.
     */
    static String network(ArchivedMessage archived) {
        String name = without(without(Clean.header(archived.connectorName()).strip(), "Archiver"), "Network");
        return name.isEmpty() ? Clean.header(archived.network()).strip() : Clean.shortened(name, LONGEST_NAME);
    }

    static String callWord(Kind kind) {
        return switch (kind) {
            case VOICE_CALL -> "voice call";
            case VIDEO_CALL -> "video call";
            default -> "call";
        };
    }

    static String event(Message message) {
        String event = Clean.header(message.eventType()).strip();
        return event.isEmpty() ? "event" : Clean.shortened(event, LONGEST_NAME);
    }

    private static boolean unanswered(Message message) {
        return !message.calls().isEmpty() && message.calls().stream().allMatch(Call::unanswered);
    }

    private static String between(Message message, Parties parties) {
        String group = groupName(message.group(), "chat group ");
        String to = group.isEmpty() ? parties.recipientsInShort() : group;
        return " from " + parties.senderInShort() + (to.isEmpty() ? "" : " to " + to);
    }

    private static String groupName(Group group, String before) {
        String name = group == null
                ? ""
                : Clean.header(Invisible.all(group.name()) ? group.id() : group.name())
                        .strip();
        return name.isEmpty() ? "" : before + Clean.shortened(name, LONGEST_NAME);
    }

    private static String files(ArchivedMessage archived) {
        if (archived.attachments().isEmpty()) {
            return "";
        }
        String first = FileNames.safe(archived.attachments().get(0), 1);
        int others = archived.attachments().size() - 1;
        String more = others == 0 ? "" : others == 1 ? " and 1 other" : " and " + others + " others";
        return ": " + Clean.shortened(first, LONGEST_NAME) + more;
    }

    private static String without(String name, String lastWord) {
        return name.endsWith(" " + lastWord)
                ? name.substring(0, name.length() - lastWord.length()).strip()
                : name;
    }
}
