package org.chatarchiver.msexchange.transport.ews;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.chatarchiver.msexchange.transport.Fence;

/**
 * A SOAP 1.1 envelope that is written straight to the connection. The version asked for is that of Exchange 2013 SP1, the oldest that is
 * served: 2016, 2019 and Subscription Edition take it as well and then answer by its schema.
 */
final class EwsEntity extends AbstractHttpEntity {
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();
    private static final int BUFFER = 1 << 16;
    private static final long UNKNOWN = -1;

    private final String mailbox;
    private final EwsRequest request;
    private final long length;
    private final Fence fence;
    private boolean begun;
    private boolean complete;

    /**
     * @param chunked whether the length is left open (RFC 9112 section 7.1)
     * @param fence of what it changes
     */
    EwsEntity(String mailbox, EwsRequest request, boolean chunked, Fence fence) {
        super(ContentType.TEXT_XML.withCharset(StandardCharsets.UTF_8), null, chunked);
        this.mailbox = mailbox;
        this.request = request;
        this.fence = fence;
        this.length = chunked ? UNKNOWN : measured();
    }

    private long measured() {
        Measure measure = new Measure();
        try {
            write(measure);
        } catch (IOException e) {
            throw new IllegalArgumentException("the request cannot be written as XML", e);
        }
        return measure.bytes;
    }

    /** Whether any of it may have reached the server. */
    boolean begun() {
        return begun;
    }

    /** Whether all of it may have reached the server, which can then have carried it out. */
    boolean complete() {
        return complete;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        begun = true;
        complete = false;
        Withheld buffer = new Withheld(out);
        write(buffer);
        if (fence != Fence.OPEN) {
            buffer.sendAllButOne();
            fence.check();
        }
        complete = true;
        buffer.send();
    }

    private void write(OutputStream out) throws IOException {
        try {
            XMLStreamWriter writer = WRITERS.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
            EwsXml xml = new EwsXml(writer);
            xml.root("s:Envelope").open("s:Header");
            xml.empty("t:RequestServerVersion", "Version", "Exchange2013_SP1");
            xml.open("t:ExchangeImpersonation").open("t:ConnectingSID");
            xml.leaf("t:PrimarySmtpAddress", mailbox).close().close();
            xml.close().open("s:Body");
            request.write(xml);
            xml.close().close();
            writer.writeEndDocument();
            writer.flush();
        } catch (XMLStreamException e) {
            throw e.getNestedException() instanceof IOException lost ? lost : new IOException(e);
        }
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("the request is written, never read");
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** Keeps the end of the document back until it is sent: without it, no server can carry the request out. */
    private static final class Withheld extends BufferedOutputStream {
        Withheld(OutputStream out) {
            super(out, BUFFER);
        }

        @Override
        public synchronized void flush() {
            // The writer of the XML flushes at will.
        }

        void send() throws IOException {
            super.flush();
        }

        /** So that no wait for the connection lies between the question to the fence and the last byte. */
        void sendAllButOne() throws IOException {
            out.write(buf, 0, count - 1);
            out.flush();
            buf[0] = buf[count - 1];
            count = 1;
        }
    }

    private static final class Measure extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int count) {
            bytes += count;
        }
    }
}
