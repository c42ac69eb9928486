package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.chatarchiver.message.Kind;

/** Files inline and by href, several at once, stickers, contact cards and locations. */
final class FileWriter {
    private record Form(String name, String contentType, int maxBytes) {}

    private static final List<Form> FORMS = List.of(
            new Form("IMG_2041.jpg", "image/jpeg", 12_000),
            new Form("Screenshot 2026-11-20.png", "image/png", 9_000),
            new Form("Vertrag – Entwurf (final) Größe.pdf", "application/pdf", 24_000),
            new Form("季度报告.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 16_000),
            new Form(
                    "عقد الإيجار.docx",
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    14_000),
            new Form("voice-note.ogg", "audio/ogg; codecs=opus", 20_000),
            new Form("見積書🗾.csv", "text/csv; charset=utf-8", 2_000));

    private final Random random;

    FileWriter(Random random) {
        this.random = random;
    }

    Sample next(String id, Instant sent, Instant received, Talk talk) {
        ObjectNode json = MessageJson.message(id, "multimedia-message", sent, talk, random);
        int dice = random.nextInt(20);
        if (dice < 8) {
            caption(json, talk);
            for (int files = random.nextInt(6) == 0 ? 3 : 1; files > 0; files--) {
                Form form = Phrases.pick(FORMS, random);
                inline(json, form.name(), form.contentType(), bytes(1 + random.nextInt(form.maxBytes())));
            }
            return KindWriter.sample(json, id, Kind.ATTACHMENT, received, talk);
        } else if (dice < 12) {
            return byHref(json, id, received, talk);
        } else if (dice < 16) {
            json.put("contentType", "image/webp");
            inline(json, "sticker-" + random.nextInt(40) + ".webp", "image/webp", bytes(3_000));
        } else if (dice < 18) {
            json.put("contentType", "text/vcard");
            String card = String.format(
                    Locale.ROOT,
                    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s\r\nTEL;TYPE=CELL:%s\r\nEND:VCARD\r\n",
                    talk.from().firstName(),
                    talk.from().number());
            inline(json, talk.from().firstName() + ".vcf", "text/vcard", card.getBytes(StandardCharsets.UTF_8));
        } else {
            json.put("messageContext", "app-message");
            MessageJson.text(
                    json,
                    String.format(
                            Locale.ROOT,
                            "geo:%d.%04d,%d.%04d",
                            20 + random.nextInt(35),
                            random.nextInt(10_000),
                            random.nextInt(120),
                            random.nextInt(10_000)));
        }
        return KindWriter.sample(json, id, Kind.CHAT, received, talk);
    }

    private Sample byHref(ObjectNode json, String id, Instant received, Talk talk) {
        caption(json, talk);
        Form form = Phrases.pick(FORMS, random);
        byte[] bytes = bytes(1 + random.nextInt(form.maxBytes()));
        String file = "file-" + id;
        MessageJson.attachment(json, form.name(), form.contentType(), bytes.length)
                .put("href", FeedSimulator.ATTACHMENTS + file)
                .put("sha256", sha256(bytes));
        Sample sample = KindWriter.sample(json, id, Kind.ATTACHMENT, received, talk);
        return new Sample(sample.network(), received, sample.json(), Map.of(file, bytes), false, sample.expectation());
    }

    private void caption(ObjectNode json, Talk talk) {
        MessageJson.text(
                json, random.nextBoolean() ? "" : Phrases.text(talk.from().language(), random));
    }

    static void inline(ObjectNode json, String name, String contentType, byte[] bytes) {
        MessageJson.attachment(json, name, contentType, bytes.length)
                .put("content", Base64.getEncoder().encodeToString(bytes))
                .put("sha256", sha256(bytes));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
