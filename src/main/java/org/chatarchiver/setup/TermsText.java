package org.chatarchiver.setup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.chatarchiver.message.Sha256;

/** Reads terms of service. */
final class TermsText {
    static final int MOST_BYTES = 64 * 1024;

    private static final Pattern VERSION = Pattern.compile("(?im)^version:?[ \t]+(\\S.{0,99})$");
    private static final int OF_DIGEST = 12;

    private TermsText() {}

    /** @throws IOException where the text cannot be read, or shown: the message ends a sentence that begins with the name of the source */
    static Terms.Text read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("is larger than " + (MOST_BYTES >> 10) + " KB");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("is not UTF-8", e);
        }
        if (text.isBlank()) {
            throw new IOException("is empty");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0)) {
            throw new IOException("has control characters, so it is no plain text");
        }
        String sha256 = Sha256.of(bytes);
        return new Terms.Text(version(text, sha256), sha256, text);
    }

    private static String version(String text, String sha256) {
        Matcher version = VERSION.matcher(text);
        return version.find() ? Printable.of(version.group(1).strip()) : sha256.substring(0, OF_DIGEST);
    }
}
