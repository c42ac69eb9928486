package org.chatarchiver.endtoend;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.springframework.web.util.HtmlUtils;

/** Strings that must turn up nowhere, in every writing in which they could. */
final class Canaries {
    private static final int MOST_FOUND = 20;

    /** What is told, by each writing of it. */
    private final Map<String, String> writings = new LinkedHashMap<>();

    /**
     * Adds one that is told from all others.
     *
     * @param name of what it stands for
     */
    Canaries add(String name, String canary) {
        if (canary.length() < 12) {
            throw new IllegalArgumentException(name + " could be anywhere: " + canary);
        }
        write(name, canary);
        write(name + ", percent-encoded", URLEncoder.encode(canary, StandardCharsets.UTF_8));
        write(name + ", as HTML", HtmlUtils.htmlEscape(canary));
        write(name + ", reversed", new StringBuilder(canary).reverse().toString());
        write(name + ", in UTF-16", utf16(canary));
        // The same bytes are written in one of three ways, by how many stand in front of them.
        for (int before = 0; before < 3; before++) {
            byte[] padded = ("x".repeat(before) + canary).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(padded);
            // Without the signs that what stands before or behind has a part in.
            String own = encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 1);
            write(name + ", in base64", own);
            write(name + ", in base64 for URLs", own.replace('+', '-').replace('/', '_'));
        }
        return this;
    }

    private void write(String name, String writing) {
        writings.put(writing, name);
    }

    private static String utf16(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
    }

    /** What of them stands there: a line for each, without the canary itself. */
    List<String> in(String where, String told) {
        List<String> found = new ArrayList<>();
        writings.forEach((writing, name) -> {
            int at = told.indexOf(writing);
            if (at >= 0 && found.size() < MOST_FOUND) {
                String before = told.substring(Math.max(0, at - 200), at);
                found.add(String.format(Locale.ROOT, "%s tells %s behind: %s", where, name, before));
            }
        });
        return found;
    }

    /** The same of bytes, and of what is packed in them. */
    List<String> in(String where, byte[] bytes) throws IOException {
        List<String> found = new ArrayList<>(in(where, new String(bytes, StandardCharsets.ISO_8859_1)));
        if (bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                found.addAll(in(where + ", unpacked", unpacked.readAllBytes()));
            }
        }
        return found;
    }
}
