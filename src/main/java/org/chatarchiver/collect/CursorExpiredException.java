package org.chatarchiver.collect;

/** The feed no longer knows a cursor (410): the window is started again. */
public class CursorExpiredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CursorExpiredException(String sentence) {
        super(sentence);
    }
}
