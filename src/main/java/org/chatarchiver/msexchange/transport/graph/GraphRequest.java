package org.chatarchiver.msexchange.transport.graph;

import java.net.URI;

/**
 * One request to Microsoft Graph.
 *
 * @param uri absolute, encoded
 * @param body JSON in UTF-8; empty where there is none
 */
record GraphRequest(String method, URI uri, byte[] body) {
    /** By which Microsoft's support finds a request; another one each time it is sent. */
    static final String ID = "client-request-id";

    static final String PREFER = "Prefer";

    /** So that the id of an item stays the same when its user moves it. */
    static final String IMMUTABLE_IDS = "IdType=\"ImmutableId\"";

    /** Shows no body. */
    @Override
    public String toString() {
        return method + " " + uri.getPath();
    }
}
