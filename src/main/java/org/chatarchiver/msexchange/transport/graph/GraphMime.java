package org.chatarchiver.msexchange.transport.graph;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chatarchiver.msexchange.transport.Email;

/** An e-mail taken apart (RFC 5322, RFC 2045). Its bytes are not copied; those of its files are, decoded. */
final class GraphMime {
    private static final byte[] HEADER_END = {'\r', '\n', '\r', '\n'};

    private final byte[] content;
    private final MimeMessage message;
    private final List<GraphAttachment> attachments = new ArrayList<>();
    private String text;
    private String html;

    private GraphMime(byte[] content) throws MessagingException {
        this.content = content;
        this.message = new MimeMessage(null, new SharedByteArrayInputStream(content));
    }

    static GraphMime read(Email email) throws MessagingException, IOException {
        GraphMime mime = new GraphMime(email.content());
        mime.visit(mime.message);
        return mime;
    }

    private void visit(Part part) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart next = parts.getBodyPart(i);
                visit(next);
            }
            return;
        }
        boolean body = part.getFileName() == null && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
        if (body && html == null && part.isMimeType("text/html")) {
            html = text(part);
        } else if (body && text == null && html == null && part.isMimeType("text/plain")) {
            text = text(part);
        } else {
            attach(part);
        }
    }

    /** A text of its own, such as the note on a file that was left out, becomes a file: Graph knows one body. */
    private void attach(Part part) throws MessagingException, IOException {
        String type = type(part);
        String name = part.getFileName();
        if (name == null || name.isBlank()) {
            name = (type.equals("text/plain") ? "note-" : "attachment-")
                    + (attachments.size() + 1)
                    + (type.equals("text/plain") ? ".txt" : "");
        }
        byte[] bytes = type.equals("text/plain") && part.getFileName() == null
                ? text(part).getBytes(StandardCharsets.UTF_8)
                : bytes(part);
        attachments.add(new GraphAttachment(name, type, bytes));
    }

    private static String type(Part part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException unreadable) {
            return "application/octet-stream";
        }
    }

    private static String text(Part part) throws MessagingException, IOException {
        return new String(bytes(part), charset(part));
    }

    private static Charset charset(Part part) throws MessagingException {
        try {
            String name = new ContentType(part.getContentType()).getParameter("charset");
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
        } catch (ParseException | IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    private static byte[] bytes(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return in.readAllBytes();
        }
    }

    boolean isHtml() {
        return html != null;
    }

    /** HTML where there is any, else the text. */
    String body() {
        return html != null ? html : text == null ? "" : text;
    }

    /** In the order of the e-mail. */
    List<GraphAttachment> attachments() {
        return attachments;
    }

    /** The e-mail's header as it is, with its line ends. */
    String headers() {
        int end = 0;
        while (end < content.length
                && !Arrays.equals(content, end, Math.min(end + 4, content.length), HEADER_END, 0, 4)) {
            end++;
        }
        return new String(content, 0, Math.min(end + 2, content.length), StandardCharsets.UTF_8);
    }

    /** Unfolded and decoded (RFC 2047); null where there is none. */
    String header(String name) throws MessagingException {
        String value = message.getHeader(name, " ");
        return value == null ? null : decoded(value);
    }

    /** Names in lower case, as Exchange stores them. */
    Map<String, String> headersStartingWith(String prefix) throws MessagingException {
        Map<String, String> found = new LinkedHashMap<>();
        for (Enumeration<Header> all = message.getAllHeaders(); all.hasMoreElements(); ) {
            Header header = all.nextElement();
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith(prefix)) {
                found.putIfAbsent(name, decoded(header.getValue()));
            }
        }
        return found;
    }

    private static String decoded(String value) {
        String unfolded = MimeUtility.unfold(value).strip();
        try {
            return MimeUtility.decodeText(unfolded);
        } catch (UnsupportedEncodingException unknownCharset) {
            return unfolded;
        }
    }

    /** Without groups, such as {@code undisclosed-recipients:;}. */
    List<InternetAddress> addresses(String name) throws MessagingException {
        String value = message.getHeader(name, ",");
        if (value == null) {
            return List.of();
        }
        return Arrays.stream(InternetAddress.parseHeader(value, false))
                .filter(address -> !address.isGroup())
                .toList();
    }
}
