package org.chatarchiver.mime;

import java.io.IOException;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;

/** The text of a message twice: as plain text, then as HTML (RFC 2046 5.1.4). */
final class AlternativePart {
    private AlternativePart() {}

    static String contentType(String boundary) {
        return "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n";
    }

    static void write(MimeOutput out, ArchivedMessage archived, MessageIds ids, String boundary) throws IOException {
        Message message = archived.message();
        MailBody body = MailBodies.of(archived, ids);
        boolean exact = message.kind() == Kind.CHAT || message.kind() == Kind.ATTACHMENT;
        out.delimiter(boundary);
        TextPart.write(out, "plain", "", exact ? message.text() : body.plain());
        out.delimiter(boundary);
        TextPart.write(out, "html", "", Html.of(body));
        out.close(boundary);
    }
}
