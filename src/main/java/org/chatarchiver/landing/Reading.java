package org.chatarchiver.landing;

import java.io.IOException;
import java.io.InputStream;

/**
 * Looks at the plain bytes while they are staged, so that a source's stream is read only once.
 *
 * @param <T> what is learnt from them
 */
@FunctionalInterface
public interface Reading<T> {
    /** What is left unread is staged all the same; closing the stream has no effect. */
    T read(InputStream plain) throws IOException;
}
