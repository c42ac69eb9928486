package org.chatarchiver.mapping;

/**
 * How one connector maps.
 *
 * @param connectorId whose mapping file counts, if it has one
 * @param automatic whether the e-mail addresses that the source carries are used
 */
public record Rules(String connectorId, boolean automatic) {}
