package org.chatarchiver.telemessage;

import org.chatarchiver.message.Printable;

/** Values from outside, made fit for logs and errors. */
final class Outside {
    private Outside() {}

    /** {@linkplain Printable#of Printable}, in single quotes. */
    static String quote(String value) {
        return "'" + Printable.of(value) + "'";
    }
}
