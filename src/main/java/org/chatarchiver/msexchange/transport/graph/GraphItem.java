package org.chatarchiver.msexchange.transport.graph;

import com.microsoft.graph.models.Attachment;
import com.microsoft.graph.models.BodyType;
import com.microsoft.graph.models.EmailAddress;
import com.microsoft.graph.models.ItemBody;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.models.Recipient;
import com.microsoft.graph.models.SingleValueLegacyExtendedProperty;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.ItemClass;
import org.chatarchiver.msexchange.transport.Trouble;
import org.chatarchiver.msexchange.transport.TroubleException;

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

    /** @throws TroubleException if the e-mail cannot be understood */
    static GraphItem of(Email email, boolean attachOriginal) throws TroubleException {
        try {
            return new GraphItem(email, GraphMime.read(email), attachOriginal);
        } catch (MessagingException | IOException e) {
            throw Trouble.lasting(
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
    Message message(int included) throws TroubleException {
        try {
            Message message = GraphRequests.untyped();
            message.setInternetMessageId(email.messageId());
            message.setIsRead(true);
            message.setSubject(mime.header("Subject"));
            message.setBody(body());
            // One model each: of one that stands in two places the SDK writes nothing the second time.
            recipients("From").stream().findFirst().ifPresent(message::setFrom);
            recipients("From").stream().findFirst().ifPresent(message::setSender);
            message.setToRecipients(recipients("To"));
            message.setSingleValueExtendedProperties(properties(included < attachments.size()));
            List<Attachment> files = new ArrayList<>();
            attachments.subList(0, included).forEach(attachment -> files.add(attachment.model()));
            message.setAttachments(files);
            return message;
        } catch (MessagingException e) {
            throw Trouble.lasting(
                            Fault.REFUSED,
                            "the e-mail's header cannot be understood: "
                                    + e.getClass().getSimpleName())
                    .thrown();
        }
    }

    private ItemBody body() {
        ItemBody body = new ItemBody();
        body.setContentType(mime.isHtml() ? BodyType.Html : BodyType.Text);
        body.setContent(mime.body());
        return body;
    }

    private List<Recipient> recipients(String header) throws MessagingException {
        List<Recipient> recipients = new ArrayList<>();
        for (InternetAddress parsed : mime.addresses(header)) {
            EmailAddress address = new EmailAddress();
            address.setAddress(parsed.getAddress());
            if (parsed.getPersonal() != null) {
                address.setName(parsed.getPersonal());
            }
            Recipient recipient = new Recipient();
            recipient.setEmailAddress(address);
            recipients.add(recipient);
        }
        return recipients;
    }

    private List<SingleValueLegacyExtendedProperty> properties(boolean unfinished) throws MessagingException {
        List<SingleValueLegacyExtendedProperty> properties = new ArrayList<>();
        properties.add(GraphMarker.property("Integer 0x0E07", READ));
        properties.add(GraphMarker.property("SystemTime 0x0E06", email.date().toString()));
        properties.add(GraphMarker.property("SystemTime 0x0039", email.date().toString()));
        properties.add(GraphMarker.property("String 0x001A", ItemClass.of(email.content())));
        properties.add(GraphMarker.property("String 0x007D", mime.headers()));
        add(properties, "String 0x1039", mime.header("References"));
        add(properties, "String 0x1042", mime.header("In-Reply-To"));
        mime.headersStartingWith("x-archive-").forEach((name, value) -> add(properties, HEADER + name, value));
        if (unfinished) {
            properties.add(GraphMarker.unfinished());
        }
        return properties;
    }

    private static void add(List<SingleValueLegacyExtendedProperty> properties, String id, String value) {
        if (value != null && !value.isEmpty()) {
            properties.add(GraphMarker.property(id, value));
        }
    }
}
