package org.chatarchiver.msexchange.transport.graph;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.chatarchiver.msexchange.transport.Fence;

/** The body of a request. Behind a fence, its last byte leaves by itself: without it no server can carry the request out. */
final class FencedBody extends HttpEntityWrapper {
    private final byte[] content;
    private final Fence fence;
    private volatile boolean complete;

    FencedBody(byte[] content, ContentType type, Fence fence) {
        super(new ByteArrayEntity(content, type));
        this.content = content;
        this.fence = fence;
    }

    /** Whether all of it may have reached the server. */
    boolean complete() {
        return complete;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (fence == Fence.OPEN || content.length == 0) {
            out.write(content);
        } else {
            out.write(content, 0, content.length - 1);
            out.flush();
            fence.check();
            out.write(content, content.length - 1, 1);
        }
        complete = true;
        out.flush();
    }
}
