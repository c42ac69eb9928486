package org.chatarchiver.security;

import java.util.Optional;

/** What stands in a secret's file, or why it cannot be had. */
public sealed interface Secret {

    /** The secret, where it can be had. */
    default Optional<String> value() {
        return this instanceof Known known ? Optional.of(known.text()) : Optional.empty();
    }

    /** Read. Prints as dots, so that it can pass through a log or an error by accident. */
    record Known(String text) implements Secret {
        @Override
        public String toString() {
            return "Known[***]";
        }
    }

    /**
     * Missing or not usable.
     *
     * @param problem one sentence for an operator: the file, what is wrong with it, and the cure
     */
    record Unusable(String problem) implements Secret {}
}
