package org.chatarchiver.archive;

import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/** A route for steps of the operators' own, which is not called while it has none: a route needs a step, so an empty one holds an empty choice. */
public enum Hook {
    MESSAGE("inspect-message"),
    ATTACHMENT("inspect-attachment");

    private final String route;

    Hook(String route) {
        this.route = route;
    }

    public String route() {
        return route;
    }

    /** As the route is now: it can be edited while the archiver runs. One that is missing counts as used, and calling it fails. */
    boolean isUsed(CamelContext camel) {
        RouteDefinition definition =
                camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(route);
        return definition == null || definition.getOutputs().stream().anyMatch(step -> !isIdle(step));
    }

    private static boolean isIdle(ProcessorDefinition<?> step) {
        return step.isAbstract()
                || Boolean.parseBoolean(step.getDisabled())
                || step instanceof ChoiceDefinition choice
                        && choice.getWhenClauses().isEmpty()
                        && choice.getOtherwise() == null;
    }
}
