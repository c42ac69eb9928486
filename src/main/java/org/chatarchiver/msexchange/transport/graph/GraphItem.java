package org.chatarchiver.msexchange.transport.graph;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.ItemClass;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * An e-mail as Graph takes it: as JSON, since what is posted as MIME stays a draft for ever.
 *
 * <p>The properties that Graph itself does not let an item be created with are given by their MAPI tags (MS-OXPROPS): whether it is a draft
 * (PidTagMessageFlags, which can be set once, at creation: MS-OXCMSG 2.2.1.6), when it was received and sent, its class, its header. The
 * {@code X-Archive-} fields become named properties of PS_INTERNET_HEADERS, which is where Exchange keeps such fields of an e-mail that it
 * receives (MS-OXCMAIL 2.1.3.2); Graph's own {@code internetMessageHeaders} takes five at most. An item has one body, which is the HTML
 * where there is any: Exchange makes the plain text from it, and a PidTagBody given beside it would replace it.
 */
final class GraphItem {
    static final String ORIGINAL = "message.eml";

    private static final String HEADER = "String {00020386-0000-0000-C000-000000000046} Name ";
    private static final String READ = "1";

    private final Email email;
    private final GraphMime mime;
    private final List<GraphAttachment> attachments;

    private GraphItem(Email email, GraphMime mime, boolean attachOriginal) {
        this.email = email;
        this.mime = mime;
        attachments = new ArrayList<>(mime.attachments());
        if (attachOriginal) {
            attachments.add(new GraphAttachment(ORIGINAL, "message/rfc822", email.content()));
        }
    }

    /** @throws TransportException if the e-mail cannot be understood */
    static GraphItem of(Email email, boolean attachOriginal) throws TransportException {
        try {
            return new GraphItem(email, GraphMime.read(email), attachOriginal);
        } catch (MessagingException | IOException e) {
            throw TransportError.lasting(
                            Fault.REFUSED,
                            "the e-mail cannot be taken apart: " + e.getClass().getSimpleName())
                    .thrown();
        }
    }

    /** In the order in which they are filed. */
    List<GraphAttachment> attachments() {
        return attachments;
    }

    /** @param included how many of the first attachments; where that is not all of them, the item is marked as unfinished */
    GraphMessage message(int included) throws TransportException {
        try {
            GraphMessage.Recipient from =
                    recipients("From").stream().findFirst().orElse(null);
            return new GraphMessage(
                    attachments.subList(0, included),
                    new GraphMessage.ItemBody(mime.body(), mime.isHtml() ? "html" : "text"),
                    from,
                    email.messageId(),
                    true,
                    from,
                    properties(included < attachments.size()),
                    mime.header("Subject"),
                    recipients("To"));
        } catch (MessagingException e) {
            throw TransportError.lasting(
                            Fault.REFUSED,
                            "the e-mail's header cannot be understood: "
                                    + e.getClass().getSimpleName())
                    .thrown();
        }
    }

    private List<GraphMessage.Recipient> recipients(String header) throws MessagingException {
        return mime.addresses(header).stream()
                .map(parsed -> new GraphMessage.Recipient(
                        new GraphMessage.EmailAddress(parsed.getAddress(), parsed.getPersonal())))
                .toList();
    }

    private List<GraphProperty> properties(boolean unfinished) throws MessagingException {
        List<GraphProperty> properties = new ArrayList<>();
        properties.add(new GraphProperty("Integer 0x0E07", READ));
        properties.add(new GraphProperty("SystemTime 0x0E06", email.date().toString()));
        properties.add(new GraphProperty("SystemTime 0x0039", email.date().toString()));
        properties.add(new GraphProperty("String 0x001A", ItemClass.of(email.content())));
        properties.add(new GraphProperty("String 0x007D", mime.headers()));
        add(properties, "String 0x1039", mime.header("References"));
        add(properties, "String 0x1042", mime.header("In-Reply-To"));
        mime.headersStartingWith("x-archive-").forEach((name, value) -> add(properties, HEADER + name, value));
        if (unfinished) {
            properties.add(GraphMarker.unfinished());
        }
        return properties;
    }

    private static void add(List<GraphProperty> properties, String id, String value) {
        if (value != null && !value.isEmpty()) {
            properties.add(new GraphProperty(id, value));
        }
    }
}
