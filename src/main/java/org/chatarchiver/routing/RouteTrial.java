package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chatarchiver.connector.Problem;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Loads route files into a Camel context of its own that starts none of them: Camel makes every step, and says what it cannot make, such as
 * one of an unknown component, data format, option or setting.
 */
final class RouteTrial {
    /** A connector as good as any: where it cannot be made, its template cannot be used. */
    private static final RouteFile CONNECTOR = RouteFile.parse("connectors/trial.camel.yaml", null, """
            - templatedRoute:
                routeTemplateRef: connector
                routeId: trial
                parameters:
                  - { name: id, value: "trial" }
                  - { name: name, value: "Trial" }
                  - { name: network, value: "TRIAL" }
                  - { name: folder, value: "Trial" }
                  - { name: schedule, value: "0 0 0 1 1 ? 2099" }
                  - { name: username, value: "trial" }
            """);

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
     * @param connectors each of which is made by itself behind them; none is where a shared file is bad
     */
    List<Problem> problems(List<RouteFile> shared, List<RouteFile> connectors) {
        DefaultCamelContext context = new DefaultCamelContext(new TrialBeans(beans));
        try {
            prepare(context);
            List<Problem> problems = new ArrayList<>(new EndpointOptions(context).check(shared));
            shared.forEach(file -> problems.addAll(load(context, file, file)));
            if (problems.isEmpty()) {
                problems.addAll(made(context, shared));
            }
            if (problems.isEmpty()) {
                connectors.forEach(file -> problems.addAll(load(context, file, file)));
            }
            return problems;
        } finally {
            context.stop();
        }
    }

    private void prepare(DefaultCamelContext context) {
        context.getCamelContextExtension().setName("trial");
        context.disableJMX();
        context.setAutoStartup(false);
        context.setStreamCaching(false);
        context.setStartupSummaryLevel(StartupSummaryLevel.Off);
        context.getShutdownStrategy().setTimeout(1);
        context.getPropertiesComponent().addPropertiesSource(new Settings(settings));
        // One of its own that never runs: a job of a route on trial would fire beside the one of the route that runs.
        QuartzComponent quartz = new QuartzComponent(context);
        quartz.setAutoStartScheduler(false);
        context.addComponent("quartz", quartz);
        context.build();
    }

    private static List<Problem> made(DefaultCamelContext context, List<RouteFile> shared) {
        try {
            context.start();
        } catch (Exception e) {
            return List.of(TrialProblem.of(shared, e));
        }
        return template(shared).map(file -> load(context, CONNECTOR, file)).orElse(List.of());
    }

    private static Optional<RouteFile> template(List<RouteFile> shared) {
        return shared.stream()
                .filter(file -> RouteElement.of(file).stream()
                        .anyMatch(element -> element.kind() == RouteElement.Kind.TEMPLATE
                                && element.id().equals(ConnectorFile.TEMPLATE)))
                .findFirst();
    }

    /** @param blamed the file whose mistake it is if that fails */
    private static List<Problem> load(DefaultCamelContext context, RouteFile file, RouteFile blamed) {
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(file.name(), file.text()));
            return List.of();
        } catch (Exception e) {
            List<Problem> told = blamed == file ? new SchemaErrors().of(file) : List.of();
            return told.isEmpty() ? List.of(TrialProblem.of(List.of(blamed), e)) : told;
        }
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
