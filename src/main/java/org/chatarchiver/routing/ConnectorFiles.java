package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;

/** The connector files together: of two that cannot stand beside each other, the one later in the order of names is left out. */
final class ConnectorFiles {
    private final Set<String> networks;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Connector> good = new LinkedHashMap<>();
    private final Map<String, RouteFile> files = new LinkedHashMap<>();

    /** @param networks that a connector may name; empty for any */
    ConnectorFiles(Set<String> networks) {
        this.networks = networks;
    }

    /** Adds one file; its connector is good unless it, or one before it, says otherwise. */
    void add(RouteFile file) {
        ConnectorFile read = new ConnectorFile(file, networks);
        List<Problem> found = new ArrayList<>(read.problems());
        if (found.isEmpty()) {
            good.values().forEach(other -> distinct(read, other, found));
        }
        if (found.isEmpty()) {
            Connector connector = read.connector();
            good.put(connector.id(), connector);
            files.put(connector.id(), file);
        }
        problems.addAll(found);
    }

    private void distinct(ConnectorFile file, Connector other, List<Problem> found) {
        Connector one = file.connector();
        String there = " as " + files.get(other.id()).name();
        if (one.id().equals(other.id())) {
            found.add(file.problem("id", "has the same id '" + one.id() + "'" + there));
        }
        if (one.network().equals(other.network()) && one.username().equals(other.username())) {
            found.add(file.problem("username", "has the same network and user name" + there));
        }
        if (one.folder().toLowerCase(Locale.ROOT).equals(other.folder().toLowerCase(Locale.ROOT))) {
            found.add(file.problem("folder", "has the same folder '" + Printable.of(one.folder()) + "'" + there));
        }
    }

    /** Good connectors by id, in the order of their files. */
    Map<String, Connector> good() {
        return good;
    }

    RouteFile file(String id) {
        return files.get(id);
    }

    List<Problem> problems() {
        return problems;
    }
}
