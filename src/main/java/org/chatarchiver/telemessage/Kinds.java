package org.chatarchiver.telemessage;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.message.Kind;

/**
 * What a message is, from its id, context, event type, content type and attachments.
 *
 * @param about the id that an edit or recall names in its own id; empty otherwise
 */
record Kinds(Kind kind, String about) {
    private static final Pattern EDIT = Pattern.compile("EDIT-(.+)-\\d+", Pattern.DOTALL);
    private static final Pattern EDIT_WITHOUT_NUMBER = Pattern.compile("EDIT-(.+)", Pattern.DOTALL);
    private static final Pattern FOR_ALL = Pattern.compile("DELETE_(?:FOR_ALL|ALL_MESSAGES)-(.+)", Pattern.DOTALL);
    private static final Pattern FOR_ME = Pattern.compile("DELETE_FOR_ME-(.+)", Pattern.DOTALL);
    private static final Set<String> GROUP_EVENTS =
            Set.of("join", "leave", "remove", "create", "rename", "changeprofileimage", "deletechat", "clearchat");
    private static final List<String> CHAT_CONTENT = List.of("location", "contact", "vcard", "sticker");

    /**
     * Contexts and event types that are not known stay {@link Kind#UNKNOWN}, whatever else the message holds: its generic e-mail
     * shows all of it, and a guess would hide that something new has come.
     */
    static Kinds of(
            String id, String context, String eventType, String contentType, boolean attachments, boolean text) {
        Kinds derived = fromId(id);
        return derived != null
                ? derived
                : new Kinds(fromContext(lower(context), lower(eventType), lower(contentType), attachments, text), "");
    }

    private static Kinds fromId(String id) {
        if (!id.startsWith("EDIT-") && !id.startsWith("DELETE_")) {
            return null;
        }
        Matcher edit = EDIT.matcher(id);
        if (edit.matches()) {
            return new Kinds(Kind.EDIT, edit.group(1));
        }
        Matcher odd = EDIT_WITHOUT_NUMBER.matcher(id);
        if (odd.matches()) {
            return new Kinds(Kind.EDIT, odd.group(1));
        }
        Matcher forAll = FOR_ALL.matcher(id);
        if (forAll.matches()) {
            return new Kinds(Kind.RECALL_FOR_ALL, forAll.group(1));
        }
        Matcher forMe = FOR_ME.matcher(id);
        return forMe.matches() ? new Kinds(Kind.RECALL_FOR_ME, forMe.group(1)) : null;
    }

    private static Kind fromContext(
            String context, String eventType, String contentType, boolean attachments, boolean text) {
        return switch (context) {
            case "event" -> event(eventType);
            case "voice-call" -> Kind.VOICE_CALL;
            case "video-call" -> Kind.VIDEO_CALL;
            case "call-log" -> Kind.CALL_LOG;
            case "app-message", "pager-message", "multimedia-message" -> conversation(contentType, attachments);
            case "" -> attachments || text ? conversation(contentType, attachments) : Kind.UNKNOWN;
            default -> Kind.UNKNOWN;
        };
    }

    private static Kind event(String eventType) {
        if (eventType.equals("reaction")) {
            return Kind.REACTION;
        }
        return GROUP_EVENTS.contains(eventType) ? Kind.GROUP_EVENT : Kind.UNKNOWN;
    }

    private static Kind conversation(String contentType, boolean attachments) {
        boolean chat = !attachments || CHAT_CONTENT.stream().anyMatch(contentType::contains);
        return chat ? Kind.CHAT : Kind.ATTACHMENT;
    }

    private static String lower(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }
}
