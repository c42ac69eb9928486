package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Declared;

/** One element of the feed's {@code attachment}: what is wrong with its bytes is no fault of the message. */
final class AttachmentFields {
    private static final Content UNDECODABLE = new Content.Absent(Content.Why.UNDECODABLE, -1, "");

    private final PageReader.Settings settings;
    private final Spool spool;
    private String name = "";
    private String contentType = "";
    private String href = "";
    private String size = "";
    private String sha256 = "";
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
            case "attachSize" -> size = fields.hint();
            case "sha256" -> sha256 = fields.hint();
            case "content" -> content(fields, cursor);
            default -> fields.skip();
        }
    }

    /** The bytes at hand win over an href, which helps where they are missing, none, no base64, or not what was declared. */
    Attachment attachment() {
        Attachment inline =
                new Attachment(name, contentType, content == null ? UNDECODABLE : content, Declared.of(size, sha256));
        if (href.isBlank() || !isEmpty() && !inline.differs()) {
            return inline;
        }
        Content remote = settings.feed().content(href.strip());
        if (isEmpty()) {
            return inline.with(remote);
        }
        return remote instanceof Content.Remote && content instanceof Content.Present present
                ? inline.with(new Content.Remote(href.strip(), present))
                : inline;
    }

    private boolean isEmpty() {
        return content == null || content == UNDECODABLE || content instanceof Content.Present some && some.size() == 0;
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
