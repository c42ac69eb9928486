package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Blanks;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Group;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;

/** Reads one element of a page, with the oddities known of TeleMessage's archive messages. */
final class ElementReader {
    private static final int LONGEST_ID = 1_000;

    private final PageReader.Settings settings;
    private final PageCursor cursor;
    private final Instant landedAt;
    private final Spool spool;
    private final ElementFields fields;

    private String id = "";
    private String context = "";
    private String time = "";
    private String direction = "";
    private String msisdn = "";
    private String from = "";
    private List<String> to = List.of();
    private final PartyFields.Enriched sender = new PartyFields.Enriched();
    private final List<PartyFields.Enriched> recipients = new ArrayList<>();
    private Boolean groupMessage;
    private String groupName = "";
    private String groupId = "";
    private String subject = "";
    private String contentType = "";
    private String text = "";
    private String quoted = "";
    private String eventType = "";
    private String previousText = "";
    private final List<CallInfo> calls = new ArrayList<>();
    private final List<AttachmentFields> attachments = new ArrayList<>();

    ElementReader(PageReader.Settings settings, PageCursor cursor, Instant landedAt, Spool spool) {
        this.settings = settings;
        this.cursor = cursor;
        this.landedAt = landedAt;
        this.spool = spool;
        this.fields = new ElementFields(cursor);
    }

    /** Reads the element at hand and leaves the cursor at its end. */
    PageElement read(long position) throws IOException {
        if (cursor.token() != JsonToken.START_OBJECT) {
            cursor.skip();
            return new PageElement.Malformed(position, "", "", Reason.NOT_AN_OBJECT, "The element is no JSON object");
        }
        fields.object(this::field);
        Instant sent = check();
        return fields.reason() == null
                ? new PageElement.Read(position, message(sent))
                : new PageElement.Malformed(
                        position,
                        id.length() > LONGEST_ID ? "" : id,
                        msisdn.length() > LONGEST_ID ? "" : msisdn,
                        fields.reason(),
                        fields.sentence());
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "messageId" -> id = fields.string(name);
            case "messageContext" -> context = fields.string(name);
            case "messageTime" -> time = fields.string(name);
            case "direction" -> direction = fields.string(name);
            case "msisdn" -> msisdn = shown(fields.string(name));
            case "from" -> from = fields.string(name);
            case "to" -> to = fields.strings(name);
            case "fromEnriched" -> fields.object(name, part -> sender.read(name, part, fields));
            case "toEnriched" ->
                fields.objects(name, () -> recipients.add(new PartyFields.Enriched()), part -> recipients
                        .get(recipients.size() - 1)
                        .read(name, part, fields));
            case "groupMessage" -> groupMessage = fields.flag(name);
            case "dialogGroupName" -> groupName = fields.string(name);
            case "dialogGroupId" -> groupId = fields.string(name);
            case "subject" -> subject = fields.string(name);
            case "contentType" -> contentType = fields.string(name);
            case "textContent" -> text = fields.text(name);
            case "quotedMessageId" -> quoted = fields.string(name);
            case "eventType" -> eventType = fields.string(name);
            case "previousText" -> previousText = fields.text(name);
            case "callInfo" -> calls(name);
            case "attachment" -> attachments(name);
            default -> fields.skip();
        }
    }

    private void calls(String name) throws IOException {
        calls.clear();
        if (cursor.token() != JsonToken.VALUE_NULL) {
            fields.objects(name, () -> calls.add(new CallInfo()), part -> calls.get(calls.size() - 1)
                    .read(part, fields, cursor));
        }
    }

    private void attachments(String name) throws IOException {
        if (cursor.token() == JsonToken.VALUE_NULL) {
            return;
        }
        fields.objects(name, () -> attachments.add(new AttachmentFields(settings, spool)), part -> attachments
                .get(attachments.size() - 1)
                .read(part, fields, cursor));
    }

    private Instant check() {
        if (id.isBlank()) {
            fields.wrong(Reason.MESSAGE_ID_MISSING, "The field messageId is missing");
        } else if (id.length() > LONGEST_ID) {
            fields.wrong(Reason.MESSAGE_ID_TOO_LONG, "The messageId is longer than " + LONGEST_ID + " characters");
        }
        if (fields.reason() != null) {
            return null;
        }
        try {
            return Times.messageTime(time, landedAt);
        } catch (Times.Bad e) {
            fields.wrong(e.reason(), e.getMessage());
            return null;
        }
    }

    private Message message(Instant sent) {
        List<Attachment> files =
                attachments.stream().map(AttachmentFields::attachment).toList();
        Kinds kinds = Kinds.of(id, context, eventType, contentType, !files.isEmpty(), !text.isEmpty());
        return new Message(
                id,
                kinds.kind(),
                kinds.about().isEmpty() ? quoted : kinds.about(),
                sent,
                context,
                direction(),
                msisdn,
                PartyFields.sender(from, sender),
                PartyFields.recipients(to, recipients),
                group(),
                subject,
                text,
                eventType,
                previousText,
                calls(kinds.kind()),
                files,
                String.join(", ", fields.repaired()));
    }

    /** A call of which nothing is told is one. */
    private List<Call> calls(Kind kind) {
        List<CallInfo> told = calls.isEmpty() && kind.isCall() ? List.of(new CallInfo()) : calls;
        return told.stream().map(call -> call.call(landedAt)).toList();
    }

    /** A value in which nothing can be seen is none. */
    private static String shown(String value) {
        return Blanks.isAll(value) ? "" : value;
    }

    private Direction direction() {
        return switch (direction.strip().toLowerCase(Locale.ROOT)) {
            case "in" -> Direction.IN;
            case "out" -> Direction.OUT;
            default -> null;
        };
    }

    private Group group() {
        boolean named = !groupId.isBlank() || !groupName.isBlank();
        boolean group = groupMessage == null ? named : groupMessage;
        return group ? new Group(groupId, groupName) : null;
    }
}
