package org.chatarchiver.mime;

import java.io.IOException;
import org.chatarchiver.message.Content;

/** A text in the place of a file that is not in the e-mail: it names file, size and SHA-256, and says why. */
final class NotePart {
    private NotePart() {}

    static void write(MimeOutput out, String name, Content.Absent absent) throws IOException {
        Sheet note = Sheet.titled("An attachment was left out of this e-mail")
                .fact("File", name)
                .fact("Size", absent.size() < 0 ? "unknown" : absent.size() + " bytes")
                .fact("SHA-256", absent.sha256().isEmpty() ? "unknown" : absent.sha256())
                .fact("Reason", reason(absent.why()))
                .build();
        TextPart.write(out, "plain", "Content-Disposition: inline\r\n", note.plain());
    }

    private static String reason(Content.Why why) {
        return switch (why) {
            case TOO_LARGE -> "larger than the limit for one attachment; the landed page keeps the original";
            case ITEM_TOO_LARGE -> "left out so that the whole item fits its limit; the landed page keeps the original";
            case GONE -> "the source no longer had it when it was asked for";
            case UNDECODABLE -> "the source's base64 cannot be decoded; the landed page keeps what the source gave";
            case FOREIGN_HREF ->
                "its address is not on the source's own host, so it was not fetched; the landed page keeps the address";
        };
    }
}
