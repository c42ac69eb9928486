package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chatarchiver.connector.Connector;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The file of a connector, as an editor for Camel's routes writes it. */
final class ConnectorText {
    private ConnectorText() {}

    /** The parameters by name, in the order of the file. */
    private static Map<String, String> values(Connector connector) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("id", connector.id());
        values.put("name", connector.name());
        values.put("network", connector.network());
        values.put("folder", connector.folder());
        values.put("schedule", connector.schedule());
        values.put("username", connector.username());
        values.put("mapping", connector.mapping());
        values.put("automaticMapping", String.valueOf(connector.automaticMapping()));
        return values;
    }

    /** The names of the parameters in which two differ. */
    static List<String> changed(Connector from, Connector to) {
        Map<String, String> before = values(from);
        return values(to).entrySet().stream()
                .filter(value -> !value.getValue().equals(before.get(value.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    static String of(Connector connector) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        values(connector).forEach((name, value) -> {
            Map<String, Object> parameter = new LinkedHashMap<>();
            parameter.put("name", name);
            parameter.put("value", value);
            parameters.add(parameter);
        });
        Map<String, Object> route = new LinkedHashMap<>();
        route.put("routeTemplateRef", ConnectorFile.TEMPLATE);
        route.put("routeId", connector.id());
        route.put("parameters", parameters);
        DumperOptions style = new DumperOptions();
        style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        style.setIndent(4);
        style.setIndicatorIndent(2);
        style.setSplitLines(false);
        return new Yaml(style).dump(List.of(Map.of("templatedRoute", route)));
    }
}
