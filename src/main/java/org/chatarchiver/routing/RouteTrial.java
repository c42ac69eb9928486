package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Loads route files into a Camel context of its own that starts none of them: Camel makes every step, and says what it cannot make, such as
 * one of an unknown component, data format, option or setting.
 */
final class RouteTrial {
    private static final Logger LOG = LoggerFactory.getLogger(RouteTrial.class);

    private final ListableBeanFactory beans;
    private final Environment settings;

    RouteTrial(ListableBeanFactory beans, Environment settings) {
        this.beans = beans;
        this.settings = settings;
    }

    /**
     * What is wrong with files that are good as far as they can be read.
     *
     * @param shared whose routes are made together
     * @param connectors each of which is made by itself behind them; none where a shared file is bad
     */
    List<Problem> problems(List<RouteFile> shared, List<RouteFile> connectors) {
        List<Problem> problems = new ArrayList<>();
        DefaultCamelContext context = new DefaultCamelContext(new TrialBeans(beans));
        try {
            prepare(context);
            shared.forEach(file -> load(context, file, problems::add));
            if (problems.isEmpty()) {
                make(context, shared, problems::add);
            }
            if (problems.isEmpty()) {
                connectors.forEach(file -> load(context, file, problems::add));
            }
        } finally {
            context.stop();
        }
        return problems;
    }

    private void prepare(DefaultCamelContext context) {
        context.getCamelContextExtension().setName("trial");
        context.disableJMX();
        context.setAutoStartup(false);
        context.setStreamCaching(false);
        context.getShutdownStrategy().setTimeout(1);
        context.getPropertiesComponent().addPropertiesSource(new Settings(settings));
        // One of its own that never runs: a job of a route on trial would fire beside the one of the route that runs.
        QuartzComponent quartz = new QuartzComponent(context);
        quartz.setAutoStartScheduler(false);
        context.addComponent("quartz", quartz);
    }

    private static void make(DefaultCamelContext context, List<RouteFile> shared, Consumer<Problem> found) {
        try {
            context.start();
        } catch (Exception e) {
            found.accept(problem(shared, null, e));
        }
    }

    private static void load(DefaultCamelContext context, RouteFile file, Consumer<Problem> found) {
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(file.name(), file.text()));
        } catch (Exception e) {
            found.accept(problem(List.of(file), file, e));
        }
    }

    /** Camel knows the id of a route that it cannot make, and no line. */
    private static Problem problem(List<RouteFile> files, RouteFile file, Exception e) {
        LOG.debug("A route on trial cannot be made", e);
        Throwable root = e;
        String route = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            route = cause instanceof FailedToCreateRouteException failed ? failed.getRouteId() : route;
            root = cause;
        }
        String sentence = "cannot be used: " + Printable.of(String.valueOf(root.getMessage()));
        for (RouteFile one : files) {
            for (var node : one.all("route")) {
                if (RouteFile.text(node, "id").equals(route)) {
                    return one.problem(node, "route '" + route + "' " + sentence);
                }
            }
        }
        return new Problem(file == null ? "" : file.name(), 0, sentence);
    }

    /** The settings of the archiver, for placeholders. */
    private record Settings(Environment environment) implements PropertiesSource {
        @Override
        public String getName() {
            return "archiver";
        }

        @Override
        public String getProperty(String name) {
            return environment.getProperty(name);
        }
    }
}
