package org.chatarchiver.api;

/**
 * Something that is not right now.
 *
 * @param kind the same for all of its kind
 * @param title of its kind, in words
 * @param sentence what is so
 * @param cure what to do
 */
public record Finding(String kind, String title, String sentence, String cure) {}
