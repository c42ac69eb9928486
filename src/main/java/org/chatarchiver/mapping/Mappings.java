package org.chatarchiver.mapping;

/** The mapping file in use, by connector. Safe for use by many threads. */
public interface Mappings {

    Current current(String connectorId);

    /** What a connector's mapping file is at the moment. */
    sealed interface Current {
        /** The connector has no mapping file. */
        record None() implements Current {}

        /** This one counts. */
        record InUse(MappingFile file) implements Current {}

        /** It has one, but it was never accepted. */
        record Unusable(String why) implements Current {}
    }
}
