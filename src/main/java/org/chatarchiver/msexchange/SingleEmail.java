package org.chatarchiver.msexchange;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import java.io.ByteArrayInputStream;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;

/** A message whose body is one e-mail (RFC 5322: bytes, or what Camel converts to them) as a batch of one. */
final class SingleEmail {
    private SingleEmail() {}

    /** @throws IllegalArgumentException if a mailbox, folder or header that is needed is missing; it names the cure */
    static Batch batch(Message message, String mailbox, String folder) throws InvalidPayloadException {
        byte[] content = message.getMandatoryBody(byte[].class);
        return new Batch(
                required(message, MicrosoftExchangeConstants.MAILBOX, mailbox, "mailbox"),
                required(message, MicrosoftExchangeConstants.FOLDER, folder, "folder"),
                List.of(email(content, message.getHeader(MicrosoftExchangeConstants.RECEIVED_TIME, Instant.class))));
    }

    private static String required(Message message, String header, String option, String name) {
        String value = message.getHeader(header, option, String.class);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "microsoft-exchange: an e-mail needs the option " + name + " or the header " + header);
        }
        return value;
    }

    private static Email email(byte[] content, Instant received) {
        try {
            InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(content));
            return new Email(
                    header(headers, "Message-ID").strip(), received == null ? date(headers) : received, content);
        } catch (MessagingException e) {
            throw new IllegalArgumentException("microsoft-exchange: the body is no e-mail (RFC 5322)", e);
        }
    }

    private static Instant date(InternetHeaders headers) {
        try {
            return new MailDateFormat().parse(header(headers, "Date")).toInstant();
        } catch (ParseException e) {
            throw new IllegalArgumentException("microsoft-exchange: the e-mail's Date cannot be read", e);
        }
    }

    private static String header(InternetHeaders headers, String name) {
        String value = headers.getHeader(name, null);
        if (value == null) {
            throw new IllegalArgumentException("microsoft-exchange: the e-mail has no header " + name);
        }
        return value;
    }
}
