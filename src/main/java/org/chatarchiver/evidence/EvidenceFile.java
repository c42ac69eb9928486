package org.chatarchiver.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chatarchiver.message.Sha256;

/** A ZIP that is written from its beginning to its end, with the digests of its files as its last one. What is broken off has no end. */
final class EvidenceFile {
    private static final String SUMS = "SHA256SUMS";
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final ZipOutputStream zip;
    private final StringBuilder sums = new StringBuilder();

    EvidenceFile(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    interface Lines {
        void write(Writer lines) throws IOException;
    }

    void add(String name, Lines lines) throws IOException {
        sums.append(put(name, lines)).append("  ").append(name).append('\n');
    }

    /** @return the digest of what stands under the name {@code SHA256SUMS} */
    String end() throws IOException {
        String digest = put(SUMS, lines -> lines.write(sums.toString()));
        zip.finish();
        zip.flush();
        return digest;
    }

    private String put(String name, Lines lines) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        DigestOutputStream digest = new DigestOutputStream(zip, Sha256.start());
        Writer writer = new BufferedWriter(new OutputStreamWriter(digest, StandardCharsets.UTF_8));
        try {
            lines.write(writer);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.flush();
        zip.closeEntry();
        return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    }

    /** In one line. */
    static void json(Writer lines, Object value) {
        try {
            lines.write(JSON.writeValueAsString(value));
            lines.write('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not to be written as JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
