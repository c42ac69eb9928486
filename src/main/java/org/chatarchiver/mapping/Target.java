package org.chatarchiver.mapping;

/**
 * A mailbox that gets the message.
 *
 * @param mailbox in lower case, so that it can stand in a key
 * @param rule which one named it
 * @param participant the value of the first participant it was found for, as the source gave it
 */
public record Target(String mailbox, Rule rule, String participant) {}
