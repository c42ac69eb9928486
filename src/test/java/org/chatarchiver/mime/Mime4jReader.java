package org.chatarchiver.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.dom.field.AddressListField;
import org.apache.james.mime4j.field.AddressListFieldImpl;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

/** Reads with Apache mime4j. */
final class Mime4jReader {
    private static final MimeConfig CONFIG = MimeConfig.custom()
            .setMaxLineLen(1000)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .build();

    private final List<ReadBack.File> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    private Mime4jReader() {}

    static ReadBack read(byte[] mime) {
        try {
            return new Mime4jReader().readAll(mime);
        } catch (Exception e) {
            throw new IllegalStateException(new String(mime, StandardCharsets.ISO_8859_1), e);
        }
    }

    private ReadBack readAll(byte[] mime) throws Exception {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(CONFIG);
        Message message = builder.parseMessage(new ByteArrayInputStream(mime));
        List<String> names = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (Field field : message.getHeader().getFields()) {
            names.add(field.getName());
            headers.put(field.getName(), DecoderUtil.decodeEncodedWords(field.getBody(), DecodeMonitor.STRICT));
        }
        walk(message);
        return new ReadBack(
                names,
                headers,
                people(message.getHeader().getField("From")),
                people(message.getHeader().getField("To")),
                texts.get("text/plain"),
                texts.get("text/html"),
                files,
                notes);
    }

    private void walk(Entity entity) throws IOException {
        if (entity.getBody() instanceof Multipart multipart) {
            multipart.getBodyParts().forEach(part -> {
                try {
                    walk(part);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ((SingleBody) entity.getBody()).getInputStream().transferTo(bytes);
        if ("attachment".equals(entity.getDispositionType())) {
            files.add(new ReadBack.File(entity.getFilename(), entity.getMimeType(), sha256(bytes.toByteArray())));
        } else if ("inline".equals(entity.getDispositionType())) {
            notes.add(bytes.toString(StandardCharsets.UTF_8));
        } else {
            texts.put(entity.getMimeType(), bytes.toString(StandardCharsets.UTF_8));
        }
    }

    private static List<ReadBack.Person> people(Field field) {
        AddressListField parsed = AddressListFieldImpl.PARSER.parse(field, DecodeMonitor.STRICT);
        AddressList list = parsed.getAddressList();
        return list.flatten().stream()
                .map(mailbox ->
                        new ReadBack.Person(mailbox.getName() == null ? "" : mailbox.getName(), mailbox.getAddress()))
                .toList();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
