package org.chatarchiver.connector;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.chatarchiver.mapping.MappingReader;
import org.chatarchiver.message.PartyIds;

/** The shipped route that reads mapping files, one for each region; they stay for as long as the tests run. */
public final class MappingRoute {
    private static final Map<String, MappingReader> ROUTES = new ConcurrentHashMap<>();

    private MappingRoute() {}

    /** @param region of numbers without a country code; may be empty */
    public static MappingReader of(String region) {
        return ROUTES.computeIfAbsent(region, MappingRoute::start);
    }

    private static MappingReader start(String region) {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.setStreamCaching(false);
        camel.setAutoStartup(false);
        MappingReading reading = new MappingReading(camel.createProducerTemplate(), new PartyIds(region));
        camel.getRegistry().bind("mappingReading", reading);
        camel.getRegistry().bind("mappingSources", new MappingSources(null, null));
        camel.getRegistry().bind("mappingRow", new ConnectorConfiguration().mappingRow());
        try {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(
                            ResourceHelper.resolveResource(camel, "file:" + Path.of("routes", "mapping.camel.yaml")));
            camel.start();
            camel.getRouteController().startRoute("read-mapping");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return reading;
    }
}
