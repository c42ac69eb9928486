package org.chatarchiver.servers;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What {@link GraphStub} expects of a client that asks often: each request has an id of its own, and wants ids that stay. */
final class GraphManners {
    private final GraphLoad load;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    GraphManners(GraphLoad load) {
        this.load = load;
    }

    /** @param headers of a request, alone or in a batch */
    void check(UnaryOperator<String> headers) {
        identified(headers.apply("client-request-id"));
        String prefer = headers.apply("Prefer");
        if (prefer == null || !prefer.equals("IdType=\"ImmutableId\"")) {
            breach("ids that do not stay are asked for: " + prefer);
        }
    }

    void identified(String id) {
        if (id == null || !id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            breach("a request whose client-request-id is " + id);
        } else if (!ids.add(id)) {
            breach("two requests with the client-request-id " + id);
        }
    }

    void breach(String what) {
        load.breach(what);
    }
}
