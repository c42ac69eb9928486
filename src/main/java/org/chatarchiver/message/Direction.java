package org.chatarchiver.message;

/** Seen from the owner's device. */
public enum Direction {
    IN("In"),
    OUT("Out");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    /** Null for any other word. */
    public static Direction of(String word) {
        return word.equals(IN.word) ? IN : word.equals(OUT.word) ? OUT : null;
    }

    /** The feed's word, also the value of {@code X-Archive-Direction}. */
    public String word() {
        return word;
    }
}
