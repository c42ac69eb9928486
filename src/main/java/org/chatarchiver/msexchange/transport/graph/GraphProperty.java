package org.chatarchiver.msexchange.transport.graph;

/**
 * A MAPI property of an item (Graph's {@code singleValueLegacyExtendedProperty}).
 *
 * @param id its type and tag, such as {@code String 0x001A}, or its type, property set and name
 */
record GraphProperty(String id, String value) {
    /** Shows no value: it can be the e-mail's header. */
    @Override
    public String toString() {
        return id;
    }
}
