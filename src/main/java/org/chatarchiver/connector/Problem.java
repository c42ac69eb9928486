package org.chatarchiver.connector;

/**
 * What is wrong with a route file.
 *
 * @param file relative to {@code archiver.routes}; empty where no one file is meant
 * @param line from 1; 0 where the whole file is meant
 * @param sentence names the thing, the value and the cure
 */
public record Problem(String file, int line, String sentence) {
    @Override
    public String toString() {
        return file.isEmpty() ? sentence : file + (line > 0 ? ":" + line : "") + ": " + sentence;
    }
}
