package org.chatarchiver.mime;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;

/** The header of the e-mail, all of it but Content-Type. A field whose value is empty is left out; none is repeated. */
final class MailHeaders {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(1536);
    private final ArchivedMessage archived;
    private final Message message;

    private MailHeaders(ArchivedMessage archived) {
        this.archived = archived;
        this.message = archived.message();
    }

    static CharSequence of(ArchivedMessage archived, MessageIds ids, String messageId) {
        MailHeaders head = new MailHeaders(archived);
        head.tokens("Message-ID", List.of(messageId));
        head.field("Date", DATE.format(archived.message().time()));
        head.parties();
        head.field("Subject", Subjects.of(archived));
        head.thread(ids);
        head.field("MIME-Version", "1.0");
        head.archive();
        return head.out;
    }

    private void parties() {
        Parties parties = Parties.of(message);
        HeaderField from = new HeaderField(out, "From");
        Addresses.append(from, parties.sender(), archived.network(), "");
        from.end();
        HeaderField to = new HeaderField(out, "To");
        if (parties.recipients().isEmpty()) {
            to.token("undisclosed-recipients:;");
        }
        for (Iterator<Party> each = parties.recipients().iterator(); each.hasNext(); ) {
            Addresses.append(to, each.next(), archived.network(), each.hasNext() ? "," : "");
        }
        to.end();
    }

    /** A later revision of an edit, recall, reaction or reply refers to both: the message it is about and its own first revision. */
    private void thread(MessageIds ids) {
        List<String> parents = new ArrayList<>(2);
        if (!message.about().isEmpty()) {
            parents.add(ids.messageId(archived.connectorId(), message.about(), ""));
        }
        if (!archived.revision().isEmpty()) {
            parents.add(ids.messageId(archived.connectorId(), message.id(), ""));
        }
        tokens("In-Reply-To", parents);
        List<String> references = new ArrayList<>(3);
        references.add(ids.conversationId(archived.connectorId(), message.conversation()));
        references.addAll(parents);
        tokens("References", references);
    }

    private void archive() {
        String name = Clean.header(archived.connectorName());
        field("Content-Class", "urn:content-class:custom." + name.replace(" ", ""));
        field("X-Archive-Version", "1");
        field("X-Archive-Connector", archived.connectorName());
        field("X-Archive-Network", archived.network());
        field("X-Archive-Source-Id", message.id());
        field("X-Archive-Conversation", message.conversation());
        field("X-Archive-Owner", message.msisdn());
        field(
                "X-Archive-Direction",
                message.direction() == null ? "" : message.direction().word());
        field("X-Archive-Event", message.kind().event());
        field("X-Archive-Page-SHA256", archived.pageSha256());
        long dropped = archived.dropped();
        field("X-Archive-Dropped", dropped == 0 ? "" : Long.toString(dropped));
        field("X-Archive-Repaired", message.repaired().isEmpty() ? "" : "broken characters in " + message.repaired());
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            new HeaderField(out, name).text(value).end();
        }
    }

    private void tokens(String name, List<String> tokens) {
        if (!tokens.isEmpty()) {
            HeaderField field = new HeaderField(out, name);
            tokens.forEach(field::token);
            field.end();
        }
    }
}
