package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;

/** One element of the feed's {@code attachment}: what is wrong with its bytes is no fault of the message. */
final class AttachmentFields {
    private static final Content UNDECODABLE = new Content.Absent(Content.Why.UNDECODABLE, -1, "");

    private final PageReader.Settings settings;
    private final Spool spool;
    private String name = "";
    private String contentType = "";
    private String href = "";
    private Content content;

    AttachmentFields(PageReader.Settings settings, Spool spool) {
        this.settings = settings;
        this.spool = spool;
    }

    void read(String field, ElementFields fields, PageCursor cursor) throws IOException {
        switch (field) {
            case "name" -> name = fields.string("attachment.name");
            case "contentType" -> contentType = fields.string("attachment.contentType");
            case "href" -> href = fields.string("attachment.href");
            case "content" -> content(fields, cursor);
            default -> fields.skip();
        }
    }

    /** The bytes at hand win over an href, which helps where they are missing or no base64. */
    Attachment attachment() {
        Content best = content;
        if (best == null || best == UNDECODABLE && !href.isBlank()) {
            best = href.isBlank() ? UNDECODABLE : settings.feed().content(href.strip());
        }
        return new Attachment(name, contentType, best);
    }

    private void content(ElementFields fields, PageCursor cursor) throws IOException {
        if (cursor.token() != JsonToken.VALUE_STRING) {
            content = cursor.token() == JsonToken.VALUE_NULL ? null : UNDECODABLE;
            fields.skip();
            return;
        }
        AttachmentSink sink = new AttachmentSink(spool, settings.inMemory(), settings.maxAttachment());
        boolean decoded;
        try (sink) {
            decoded = cursor.base64(sink);
        }
        if (!decoded) {
            sink.drop();
        }
        content = decoded ? sink.content() : UNDECODABLE;
    }
}
