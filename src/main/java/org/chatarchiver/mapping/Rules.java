package org.chatarchiver.mapping;

/**
 * How one connector maps.
 *
 * @param file the mapping file that counts, if it has one
 * @param automatic whether the e-mail addresses that the source carries are used
 */
public record Rules(Mappings.Current file, boolean automatic) {}
