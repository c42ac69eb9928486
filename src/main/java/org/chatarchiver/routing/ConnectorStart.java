package org.chatarchiver.routing;

import java.util.Map;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.routing.RunningRoutes.NotStarted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the connectors into the running context, where loading one also starts it, so that whatever is wrong with it concerns it alone. */
final class ConnectorStart {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorStart.class);

    private final RunningRoutes routes;
    private final ConnectorSetUp setUp;

    ConnectorStart(RunningRoutes routes, ConnectorSetUp setUp) {
        this.routes = routes;
        this.setUp = setUp;
    }

    /** @return without the connectors that cannot be started */
    Judgement load(Judgement judged) {
        setUp.set(judged.connectors(), judged.leftOut());
        Judgement started = judged;
        for (RouteFile file : judged.inForce()) {
            if (file.isConnector()) {
                started = load(file, started);
            }
        }
        return started;
    }

    private Judgement load(RouteFile file, Judgement judged) {
        try {
            routes.add(file);
            return judged;
        } catch (NotStarted e) {
            LOG.debug("The connector of {} cannot be started", file.name(), e);
            Judgement rest = judged.without(file, RouteElement.of(file).get(0).id(), e.problem());
            Map<String, Connector> running = rest.connectors();
            setUp.set(running, rest.leftOut());
            return rest;
        }
    }
}
