package org.chatarchiver.mapping;

/**
 * Why a mapping file cannot be used.
 *
 * @param line counted from 1, where the row starts; 0 for the file as a whole
 * @param reason one sentence
 */
public record RowError(long line, String reason) {

    @Override
    public String toString() {
        return line == 0 ? reason : "Line " + line + ": " + reason;
    }
}
