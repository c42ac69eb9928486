package org.chatarchiver.msexchange.transport;

import java.net.URI;

/**
 * One request to Microsoft Graph.
 *
 * @param uri absolute, encoded
 * @param body JSON in UTF-8; empty where there is none
 */
record GraphRequest(String method, URI uri, byte[] body) {
    /** Shows no body. */
    @Override
    public String toString() {
        return method + " " + uri.getPath();
    }
}
