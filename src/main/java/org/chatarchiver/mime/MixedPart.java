package org.chatarchiver.mime;

import java.io.IOException;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Printable;

/** The texts, then the files, and a note in the place of each file that was left out or behind one that differs (RFC 2046 5.1.3). */
final class MixedPart {
    private MixedPart() {}

    static String contentType(String boundary) {
        return "Content-Type: multipart/mixed;\r\n boundary=\"" + boundary + "\"\r\n";
    }

    static void write(MimeOutput out, ArchivedMessage archived, MessageIds ids, String boundary, String innerBoundary)
            throws IOException {
        out.delimiter(boundary);
        out.ascii(AlternativePart.contentType(innerBoundary) + "\r\n");
        AlternativePart.write(out, archived, ids, innerBoundary);
        int number = 1;
        for (Attachment attachment : archived.attachments()) {
            out.delimiter(boundary);
            String name = FileNames.safe(attachment, number);
            if (attachment.content() instanceof Content.Present present) {
                FilePart.write(out, name, attachment.contentType(), present);
                if (attachment.differs()) {
                    out.delimiter(boundary);
                    NotePart.differs(out, name, present, attachment.declared());
                }
            } else if (attachment.content() instanceof Content.Absent absent) {
                NotePart.leftOut(out, name, absent, attachment.declared());
            } else {
                throw new IllegalStateException("attachment " + number + " of message \""
                        + Printable.of(archived.message().id())
                        + "\" is still remote; fetch it, or replace it by Content.Absent, before marshalling");
            }
            number++;
        }
        out.close(boundary);
    }
}
