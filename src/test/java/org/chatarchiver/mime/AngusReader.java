package org.chatarchiver.mime;

import jakarta.mail.Address;
import jakarta.mail.Header;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads with Angus Mail. */
final class AngusReader {
    private final List<ReadBack.File> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    private AngusReader() {}

    static ReadBack read(byte[] mime) {
        try {
            return new AngusReader().readAll(mime);
        } catch (Exception e) {
            throw new IllegalStateException(new String(mime, StandardCharsets.ISO_8859_1), e);
        }
    }

    private ReadBack readAll(byte[] mime) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mime));
        List<String> names = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            names.add(header.getName());
            headers.put(header.getName(), MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
        }
        walk(message);
        return new ReadBack(
                names,
                headers,
                people(message.getFrom()),
                people(message.getRecipients(RecipientType.TO)),
                texts.get("text/plain"),
                texts.get("text/html"),
                files,
                notes);
    }

    private void walk(Part part) throws Exception {
        if (part.getContent() instanceof Multipart multipart) {
            for (int i = 0; i < multipart.getCount(); i++) {
                walk(multipart.getBodyPart(i));
            }
            return;
        }
        byte[] bytes = part.getInputStream().readAllBytes();
        String type = new ContentType(part.getContentType()).getBaseType();
        if (Part.ATTACHMENT.equals(part.getDisposition())) {
            files.add(new ReadBack.File(part.getFileName(), type, Mime4jReader.sha256(bytes)));
        } else if (Part.INLINE.equals(part.getDisposition())) {
            notes.add(new String(bytes, StandardCharsets.UTF_8));
        } else {
            texts.put(type, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static List<ReadBack.Person> people(Address[] addresses) throws Exception {
        List<ReadBack.Person> people = new ArrayList<>();
        for (Address address : addresses == null ? new Address[0] : addresses) {
            InternetAddress internet = (InternetAddress) address;
            if (!internet.isGroup()) {
                String name = internet.getPersonal() == null ? "" : internet.getPersonal();
                people.add(new ReadBack.Person(name, internet.getAddress()));
            }
        }
        return people;
    }
}
