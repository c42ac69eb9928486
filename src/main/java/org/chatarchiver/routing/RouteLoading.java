package org.chatarchiver.routing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chatarchiver.alert.ArchiverGauges;
import org.chatarchiver.collect.FeedLoginGauge;
import org.chatarchiver.collect.MissedSchedules;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.message.Printable;
import org.chatarchiver.recovery.Resuming;
import org.chatarchiver.security.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Loads {@code archiver.routes}: a bad shared file stops the start, a bad connector file is left out and the rest runs. Connectors are
 * loaded into the running context, where loading one also starts it, so that whatever is wrong with it concerns it alone.
 */
@Component
class RouteLoading implements CamelContextConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(RouteLoading.class);

    private final RoutesProperties properties;
    private final LandingProperties landing;
    private final Connectors connectors;
    private final MappingSources mappings;
    private final Resuming resuming;
    private final MissedSchedules missed;
    private final ArchiverGauges gauges;
    private final FeedLoginGauge logins;
    private final BeanFactory beans;

    RouteLoading(
            RoutesProperties properties,
            LandingProperties landing,
            Connectors connectors,
            MappingSources mappings,
            Resuming resuming,
            MissedSchedules missed,
            ArchiverGauges gauges,
            FeedLoginGauge logins,
            BeanFactory beans) {
        this.properties = properties;
        this.landing = landing;
        this.connectors = connectors;
        this.mappings = mappings;
        this.resuming = resuming;
        this.missed = missed;
        this.gauges = gauges;
        this.logins = logins;
        this.beans = beans;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        List<RouteFile> files = read();
        CheckedRoutes checked = RouteConventions.check(files);
        checked.warnings().forEach(warning -> LOG.warn("Hard to read: {}", warning));
        List<Problem> problems = new ArrayList<>(checked.problems());
        problems.addAll(BeanReferences.check(
                files, name -> beans.containsBean(name) ? Optional.ofNullable(beans.getType(name)) : Optional.empty()));
        if (!problems.isEmpty()) {
            throw refused(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), null);
        }
        for (RouteFile file : files) {
            if (!file.isConnector()) {
                loadShared(context, file);
            }
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        loadConnectors(context, read());
    }

    private List<RouteFile> read() {
        try {
            ShippedRoutes.writeIfMissing(properties.routes());
            return RouteFile.readAll(properties.routes(), landing.landing());
        } catch (IOException e) {
            throw new StartRefusedException(
                    "archiver.routes=" + properties.routes() + " is no directory that can be read",
                    "Set archiver.routes to the directory that holds collect.camel.yaml; a relative path starts at the working directory.",
                    e);
        }
    }

    private void loadShared(CamelContext context, RouteFile file) {
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(resource(file));
        } catch (Exception e) {
            throw refused(file.name() + ": " + Printable.of(e.getMessage()), e);
        }
    }

    private StartRefusedException refused(String problems, Exception cause) {
        LOG.debug("Routes refused", cause);
        return new StartRefusedException(
                "The routes in " + properties.routes().toAbsolutePath() + " cannot be used:\n" + problems,
                "Mend the file, or restore the one that was there before, and start again. Where the program is of another version"
                        + " than these files: move the directory away, start, which writes those of this version, and put your"
                        + " connectors and your edits into them.");
    }

    private void loadConnectors(CamelContext context, List<RouteFile> files) {
        ConnectorFiles checked = new ConnectorFiles(properties.networks());
        files.stream().filter(RouteFile::isConnector).forEach(checked::add);
        List<Problem> problems = new ArrayList<>(checked.problems());
        Map<String, Connector> running = new LinkedHashMap<>();
        checked.good().forEach((id, connector) -> {
            connectors.replace(with(running, connector), problems);
            try {
                mappings.register(connector);
                PluginHelper.getRoutesLoader(context).loadRoutes(resource(checked.file(id)));
                running.put(id, connector);
            } catch (Exception e) {
                problems.add(
                        new Problem(checked.file(id).name(), 0, "cannot be started: " + Printable.of(e.getMessage())));
                LOG.debug("Connector {} cannot be started", id, e);
            }
        });
        connectors.replace(running, problems);
        problems.forEach(problem -> LOG.error("Connector left out: {}", problem));
        gauges.connectors(running.values());
        logins.connectors(running.values());
    }

    /** Not before the port is open: a start that ends there, since the port is taken, must not have started runs. */
    @EventListener(ApplicationStartedEvent.class)
    void makeUp() {
        resuming.takeUp();
        connectors.all().forEach(missed::makeUp);
    }

    private static Map<String, Connector> with(Map<String, Connector> running, Connector connector) {
        Map<String, Connector> more = new LinkedHashMap<>(running);
        more.put(connector.id(), connector);
        return more;
    }

    private static Resource resource(RouteFile file) {
        return ResourceHelper.fromString(file.name(), file.text());
    }
}
