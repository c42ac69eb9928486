package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.URISupport;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.RouteElement.Kind;
import org.chatarchiver.routing.RouteUnits.Unit;
import org.springframework.core.NestedExceptionUtils;

/** The routes in Camel: takes pieces of route files out of it, and puts others in. */
final class RunningRoutes {
    private static final long AT_LEAST = 1_000;

    private final CamelContext camel;
    private final Model model;

    RunningRoutes(CamelContext camel) {
        this.camel = camel;
        this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /**
     * Stops and removes: who calls others goes before these, so that what is under way in it ends in good order. A route that is called
     * while it is away keeps its caller waiting.
     *
     * @param until by {@link System#nanoTime()}, when what is still under way is no longer waited for
     */
    void remove(Collection<Unit> units, long until) throws Exception {
        for (Unit unit : callersFirst(units)) {
            for (String route : routes(unit)) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                camel.getRouteController().stopRoute(route, Math.max(AT_LEAST, left), TimeUnit.MILLISECONDS);
                if (!camel.removeRoute(route)) {
                    throw new IllegalStateException("The route '" + route + "' cannot be stopped");
                }
            }
            if (unit.kind() == Kind.TEMPLATE) {
                camel.removeRouteTemplates(unit.id());
            }
            if (unit.kind() == Kind.BEANS) {
                unit.elements().forEach(element -> element.beans().forEach(camel.getRegistry()::unbind));
            }
        }
    }

    /** Loads, which also starts: beans and templates before what is made with them. */
    void add(Collection<Unit> units) throws NotStarted {
        Set<String> whole = new HashSet<>();
        for (Kind kind : List.of(Kind.BEANS, Kind.TEMPLATE, Kind.ROUTE, Kind.CONNECTOR)) {
            Map<RouteFile, List<RouteElement>> byFile = new LinkedHashMap<>();
            units.stream().filter(unit -> unit.kind() == kind).forEach(unit -> byFile.computeIfAbsent(
                            unit.file(), file -> new ArrayList<>())
                    .addAll(unit.elements()));
            byFile.keySet().removeIf(file -> !RouteLines.isInLines(file) && !whole.add(file.name()));
            for (Map.Entry<RouteFile, List<RouteElement>> file : byFile.entrySet()) {
                load(file.getKey(), RouteLines.only(file.getKey(), file.getValue()));
            }
        }
    }

    /** Id and status of each route that does not run although it is to start by itself. */
    Map<String, ServiceStatus> stopped() {
        Map<String, ServiceStatus> stopped = new HashMap<>();
        for (Route route : camel.getRoutes()) {
            ServiceStatus status = camel.getRouteController().getRouteStatus(route.getId());
            if (status != null && status != ServiceStatus.Started && !Boolean.FALSE.equals(route.isAutoStartup())) {
                stopped.put(route.getId(), status);
            }
        }
        return stopped;
    }

    /** Loads the whole file. */
    void add(RouteFile file) throws NotStarted {
        load(file, file.text());
    }

    private void load(RouteFile file, String text) throws NotStarted {
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file.name(), text));
        } catch (Exception | LinkageError e) {
            throw new NotStarted(file, e);
        }
    }

    /** A file whose routes cannot be started. */
    static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        NotStarted(RouteFile file, Throwable cause) {
            super(file.name() + " cannot be started", cause);
            Throwable root = NestedExceptionUtils.getMostSpecificCause(cause);
            this.problem = new Problem(
                    file.name(),
                    TrialProblem.of(List.of(file), cause, URISupport::sanitizeUri)
                            .line(),
                    "cannot be started: " + Printable.of(URISupport.sanitizeUri(String.valueOf(root.getMessage()))));
        }

        Problem problem() {
            return problem;
        }
    }

    /** The ids of the routes that a piece has become. */
    private List<String> routes(Unit unit) {
        if (unit.kind() == Kind.CONNECTOR
                || unit.kind() == Kind.ROUTE && !unit.id().isEmpty()) {
            return camel.getRoute(unit.id()) == null ? List.of() : List.of(unit.id());
        }
        return unit.kind() == Kind.ROUTE
                ? camel.getRoutes().stream()
                        .map(Route::getId)
                        .filter(id -> isUnnamedOf(unit.file(), id))
                        .toList()
                : List.of();
    }

    private boolean isUnnamedOf(RouteFile file, String id) {
        RouteDefinition definition = model.getRouteDefinition(id);
        return definition != null
                && !definition.hasCustomIdAssigned()
                && definition.getResource() != null
                && definition.getResource().getLocation().endsWith(":" + file.name());
    }

    /** Whether what goes on in the route that listens to an address comes into one of these: by calls, not by way of a queue. */
    static boolean leads(String address, Collection<Unit> all, Collection<Unit> to) {
        Map<String, Unit> byAddress = byAddress(all);
        byAddress.keySet().removeIf(other -> !other.startsWith("direct:"));
        Unit first = byAddress.get(address);
        Set<Unit> reached = new LinkedHashSet<>();
        if (first != null) {
            calleesFirst(first, byAddress, new LinkedHashSet<>(), reached);
        }
        return reached.stream().anyMatch(to::contains);
    }

    private static Map<String, Unit> byAddress(Collection<Unit> units) {
        Map<String, Unit> byAddress = new LinkedHashMap<>();
        units.forEach(unit ->
                unit.elements().forEach(element -> element.listens().forEach(address -> byAddress.put(address, unit))));
        return byAddress;
    }

    static List<Unit> callersFirst(Collection<Unit> units) {
        Map<String, Unit> byAddress = byAddress(units);
        Set<Unit> calleesFirst = new LinkedHashSet<>();
        units.forEach(unit -> calleesFirst(unit, byAddress, new LinkedHashSet<>(), calleesFirst));
        List<Unit> order = new ArrayList<>(calleesFirst);
        Collections.reverse(order);
        return order;
    }

    private static void calleesFirst(Unit unit, Map<String, Unit> byAddress, Set<Unit> above, Set<Unit> order) {
        if (!order.contains(unit) && above.add(unit)) {
            unit.elements().stream()
                    .flatMap(element -> element.names().stream())
                    .map(byAddress::get)
                    .filter(called -> called != null && called != unit)
                    .forEach(called -> calleesFirst(called, byAddress, above, order));
            order.add(unit);
        }
    }
}
