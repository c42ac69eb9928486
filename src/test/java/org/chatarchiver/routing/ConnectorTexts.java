package org.chatarchiver.routing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A good connector file to be spoilt, and how files are read. */
final class ConnectorTexts {
    static final Set<String> NETWORKS = Set.of("WECHAT", "WHATSAPP", "SIGNAL");
    static final String SIGNAL = """
            - templatedRoute:
                routeTemplateRef: connector
                routeId: signal
                parameters:
                  - { name: id, value: "signal" }
                  - { name: name, value: "Signal Archiver" }
                  - { name: network, value: "SIGNAL" }
                  - { name: folder, value: "Signal Archiver" }
                  - { name: schedule, value: "0 15 2 * * ?" }
                  - { name: username, value: "ops" }
                  - { name: mapping, value: "file:data/mapping/signal.csv" }
                  - { name: automaticMapping, value: "true" }
            """;

    private ConnectorTexts() {}

    static ConnectorFiles read(String... texts) {
        ConnectorFiles files = new ConnectorFiles(NETWORKS);
        List<String> all = Arrays.asList(texts);
        for (int i = 0; i < all.size(); i++) {
            String name = "connectors/" + (i + 1) + ".camel.yaml";
            files.add(RouteFile.parse(name, Path.of(name), all.get(i)));
        }
        return files;
    }

    static String without(String text, String parameter) {
        return text.replaceAll("(?m)^ *- \\{ name: " + parameter + ",.*\\n", "");
    }
}
