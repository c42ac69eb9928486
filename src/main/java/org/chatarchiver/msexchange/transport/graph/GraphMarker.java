package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Tells an item that still lacks attachments from a finished one. Items that are filed in one request carry none. It is a named property
 * (MS-OXPROPS 1.2) of a property set of our own, which no user's program shows or changes.
 */
final class GraphMarker {
    static final String PROPERTY = "String {6f1d3c52-8a0e-4d57-9b64-2f0c6e1b7a94} Name ChatArchiverState";

    private static final String UNFINISHED = "unfinished";
    private static final String FINISHED = "finished";

    private GraphMarker() {}

    static GraphProperty unfinished() {
        return new GraphProperty(PROPERTY, UNFINISHED);
    }

    static GraphProperty finished() {
        return new GraphProperty(PROPERTY, FINISHED);
    }

    /** @param message as {@link GraphRequests#messages} asks for it */
    static boolean isUnfinished(JsonNode message) {
        for (JsonNode property : message.path("singleValueExtendedProperties")) {
            if (property.path("id").asText().equalsIgnoreCase(PROPERTY)
                    && property.path("value").asText().equals(UNFINISHED)) {
                return true;
            }
        }
        return false;
    }
}
