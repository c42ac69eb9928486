package org.chatarchiver.sandbox;

import java.io.IOException;
import java.io.OutputStream;

/** One JSON object of a page, written anew for every answer: content of any size needs no memory. Must be safe for several threads. */
@FunctionalInterface
public interface MessageWriter {
    /** Writes the whole object in UTF-8; does not close the stream. */
    void writeTo(OutputStream out) throws IOException;

    /** A message at hand. */
    static MessageWriter of(byte[] json) {
        return out -> out.write(json);
    }
}
