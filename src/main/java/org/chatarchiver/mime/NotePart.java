package org.chatarchiver.mime;

import java.io.IOException;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Declared;

/** A text in the place of a file that is not in the e-mail, or behind one that is not what the source declared. */
final class NotePart {
    private NotePart() {}

    /** Names file, size and SHA-256, and what was declared instead of them, and says why it is not there. */
    static void leftOut(MimeOutput out, String name, Content.Absent absent, Declared declared) throws IOException {
        MailBody.Builder note = MailBody.titled("An attachment was left out of this e-mail")
                .fact("File", name)
                .fact("Size", size(absent.size(), "unknown"))
                .fact("SHA-256", digest(absent.sha256(), "unknown"));
        if (declared.size() != absent.size()) {
            note.fact("Declared size", size(declared.size(), ""));
        }
        if (!declared.sha256().equals(absent.sha256())) {
            note.fact("Declared SHA-256", declared.sha256());
        }
        write(out, note.fact("Reason", reason(absent)));
    }

    /** Names file, size and SHA-256, both as they came and as they were declared. */
    static void differs(MimeOutput out, String name, Content.Present present, Declared declared) throws IOException {
        MailBody.Builder note = MailBody.titled("An attachment of this e-mail is not what the source declared")
                .fact("File", name)
                .fact("Declared size", size(declared.size(), "none"))
                .fact("Received size", size(present.size(), ""))
                .fact("Declared SHA-256", digest(declared.sha256(), "none"))
                .fact("Received SHA-256", present.sha256());
        write(out, note.fact("Reason", "the source gave other bytes than it declared; they are attached as they came"));
    }

    private static String size(long bytes, String unknown) {
        return bytes < 0 ? unknown : bytes + " bytes";
    }

    private static String digest(String sha256, String unknown) {
        return sha256.isEmpty() ? unknown : sha256;
    }

    private static void write(MimeOutput out, MailBody.Builder note) throws IOException {
        TextPart.write(
                out, "plain", "Content-Disposition: inline\r\n", note.build().plain());
    }

    private static String reason(Content.Absent absent) {
        return switch (absent.why()) {
            case TOO_LARGE -> "larger than the limit for one attachment; the landed page keeps the original";
            case ITEM_TOO_LARGE -> "left out so that the whole item fits its limit; the landed page keeps the original";
            case GONE -> "the source no longer had it when it was asked for";
            case UNDECODABLE -> "the source's base64 cannot be decoded; the landed page keeps what the source gave";
            case REFUSED ->
                "refused when it was inspected" + (absent.detail().isEmpty() ? "" : " (" + absent.detail() + ")")
                        + "; the landing zone keeps the original";
            case FOREIGN_HREF ->
                "its address is not on the source's own host, so it was not fetched; the landed page keeps the address";
        };
    }
}
