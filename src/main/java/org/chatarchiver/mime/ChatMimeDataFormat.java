package org.chatarchiver.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data format {@code chat-mime}: marshals a {@link ArchivedMessage} to the bytes of its e-mail. Registered as a bean of that name, it is used
 * in a route as {@code marshal: {custom: {ref: chat-mime}}}.
 */
final class ChatMimeDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    static final String NAME = "chat-mime";

    private final ChatMime mime;

    ChatMimeDataFormat(ChatMime mime) {
        this.mime = mime;
    }

    @Override
    public String getDataFormatName() {
        return NAME;
    }

    /**
     * @throws IllegalArgumentException if the body is no {@link ArchivedMessage}
     * @throws IllegalStateException if an attachment was not fetched yet
     */
    @Override
    public void marshal(Exchange exchange, Object body, OutputStream out) throws IOException {
        if (!(body instanceof ArchivedMessage archived)) {
            throw new IllegalArgumentException(
                    "chat-mime marshals a " + ArchivedMessage.class.getName() + ", but the body is "
                            + (body == null ? "null" : "a " + body.getClass().getName()));
        }
        mime.write(archived, out);
    }

    /** @throws UnsupportedOperationException always: the archiver never reads e-mails */
    @Override
    public Object unmarshal(Exchange exchange, InputStream in) {
        throw new UnsupportedOperationException("chat-mime only marshals: the archiver never reads e-mails back");
    }
}
