package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.properties.EnvPropertiesFunction;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.ServiceHostPropertiesFunction;
import org.apache.camel.component.properties.ServicePortPropertiesFunction;
import org.apache.camel.component.properties.ServicePropertiesFunction;
import org.apache.camel.component.properties.SysPropertiesFunction;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chatarchiver.connector.Problem;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Loads route files into a Camel context of its own that starts none of them: Camel makes every step, and says what it cannot make, such as
 * one of an unknown component, data format, option or setting. Nothing that the files bring along runs, and nothing that settings hold is
 * told: who may have files checked may neither write them nor read those.
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

    private static final AtomicLong TRIALS = new AtomicLong();

    private final ListableBeanFactory beans;
    private final Environment environment;

    RouteTrial(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    /**
     * What is wrong with files that are good as far as they can be read.
     *
     * @param shared whose routes are made together
     * @param connectors each of which is made by itself behind them; none is where a shared file is bad
     */
    List<Problem> problems(List<RouteFile> shared, List<RouteFile> connectors) {
        TrialSettings settings = new TrialSettings(environment);
        try (DefaultCamelContext context = new DefaultCamelContext(new TrialBeans(beans))) {
            prepare(context, settings);
            return new Loading(context, settings).problems(shared, connectors);
        } catch (Exception | LinkageError e) {
            return List.of(TrialProblem.of(shared, e, settings::masked));
        }
    }

    private static void prepare(DefaultCamelContext context, TrialSettings settings) {
        // Quartz's schedulers of one name are one: a trial that ends would end that of another beside it.
        context.getCamelContextExtension().setName("trial-" + TRIALS.incrementAndGet());
        context.disableJMX();
        context.setAutoStartup(false);
        context.setStreamCaching(false);
        context.setStartupSummaryLevel(StartupSummaryLevel.Off);
        context.getShutdownStrategy().setTimeout(1);
        context.setInjector(new TrialInjector(context));
        if (context.getPropertiesComponent() instanceof PropertiesComponent placeholders) {
            // The settings have these too, where what is given out is noted.
            placeholders.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
            placeholders.addPropertiesSource(settings);
            List.of(
                            new EnvPropertiesFunction(),
                            new SysPropertiesFunction(),
                            new ServicePropertiesFunction(),
                            new ServiceHostPropertiesFunction(),
                            new ServicePortPropertiesFunction())
                    .forEach(function -> placeholders.addPropertiesFunction(settings.noting(function)));
        }
        // One of its own that never runs: a job of a route on trial would fire beside the one of the route that runs.
        QuartzComponent quartz = new QuartzComponent(context);
        quartz.setAutoStartScheduler(false);
        context.addComponent("quartz", quartz);
        context.build();
    }

    /** @param context that has no route yet */
    private record Loading(DefaultCamelContext context, TrialSettings settings) {
        List<Problem> problems(List<RouteFile> shared, List<RouteFile> connectors) {
            List<RouteFile> all =
                    Stream.concat(shared.stream(), connectors.stream()).toList();
            List<Problem> problems = new ArrayList<>(new ClassReferences(this::resolved).check(all));
            if (!problems.isEmpty()) {
                return problems;
            }
            DeclaredBeans declared = new DeclaredBeans(context.getRegistry());
            declared.bind(shared);
            problems.addAll(new EndpointOptions(context).check(shared));
            shared.forEach(file -> problems.addAll(load(file, file)));
            if (problems.isEmpty()) {
                problems.addAll(made(shared));
            }
            if (problems.isEmpty()) {
                settings.use(declared.bindLocals(shared));
                template(shared).ifPresent(file -> problems.addAll(load(CONNECTOR, file)));
            }
            if (problems.isEmpty()) {
                connectors.forEach(file -> problems.addAll(load(file, file)));
            }
            return problems;
        }

        private List<Problem> made(List<RouteFile> shared) {
            try {
                context.start();
                return List.of();
            } catch (Exception | LinkageError e) {
                return List.of(TrialProblem.of(shared, e, settings::masked));
            }
        }

        /** @param blamed the file whose mistake it is if that fails */
        private List<Problem> load(RouteFile file, RouteFile blamed) {
            try {
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.fromString(file.name(), WithoutBeans.of(file)));
                return List.of();
            } catch (Exception | LinkageError e) {
                List<Problem> told = blamed == file ? new SchemaErrors().of(file) : List.of();
                return told.isEmpty() ? List.of(TrialProblem.of(List.of(blamed), e, settings::masked)) : told;
            }
        }

        private String resolved(String text) {
            try {
                return context.resolvePropertyPlaceholders(text);
            } catch (IllegalArgumentException e) {
                return text;
            }
        }
    }

    private static Optional<RouteFile> template(List<RouteFile> shared) {
        return shared.stream()
                .filter(file -> RouteElement.of(file).stream()
                        .anyMatch(element -> element.kind() == RouteElement.Kind.TEMPLATE
                                && element.id().equals(ConnectorFile.TEMPLATE)))
                .findFirst();
    }
}
