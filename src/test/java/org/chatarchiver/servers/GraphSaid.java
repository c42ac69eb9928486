package org.chatarchiver.servers;

import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A request as {@link GraphStub} had it.
 *
 * @param url percent-encoded, from the version on
 * @param body JSON; empty where there is none
 */
public record GraphSaid(String method, String url, String body) {
    /** As in {@link GraphStub#log()}. */
    public String shape() {
        return GraphExchange.Request.of(method, url, MissingNode.getInstance()).shape();
    }
}
