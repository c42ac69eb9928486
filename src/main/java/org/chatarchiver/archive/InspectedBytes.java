package org.chatarchiver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.StreamCacheException;
import org.apache.camel.support.SynchronizationAdapter;
import org.chatarchiver.message.Content;

/**
 * The bytes of an attachment as a hook gets them: opened when they are first read, and read from the beginning again once they were closed,
 * or reset as Camel does it before a further try. Otherwise a second try, or a second scanner, would find an empty file, and pass it. For
 * one thread at a time.
 */
final class InspectedBytes extends InputStream implements StreamCache {
    private final Content.Present content;
    private InputStream open;
    private long position;
    private boolean over;

    InspectedBytes(Content.Present content) {
        this.content = content;
    }

    /** The same, shown for as long as an exchange is on its way: its bytes may lie in a file that is gone then. */
    static InspectedBytes during(Exchange exchange, Content.Present content) {
        InspectedBytes bytes = new InspectedBytes(content);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                bytes.over = true;
                bytes.reset();
            }
        });
        return bytes;
    }

    private InputStream stream() throws IOException {
        if (over) {
            throw new IOException("The attachment was read after its inspection had ended");
        }
        if (open == null) {
            open = content.open();
        }
        return open;
    }

    @Override
    public int read() throws IOException {
        int next = stream().read();
        position += next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = stream().read(bytes, offset, length);
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        InputStream closing = open;
        open = null;
        position = 0;
        if (closing != null) {
            closing.close();
        }
    }

    @Override
    public void reset() {
        try {
            close();
        } catch (IOException e) {
            throw new StreamCacheException(null, e);
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream whole = content.open()) {
            whole.transferTo(out);
        }
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return during(exchange, content);
    }

    @Override
    public boolean inMemory() {
        return content instanceof Content.InMemory;
    }

    @Override
    public long length() {
        return content.size();
    }

    @Override
    public long position() {
        return position;
    }
}
