package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Channel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Which route calls which, as Camel holds them now: what an edit changes shows once it is in force. Tells no address, which may be a secret. */
@Component
public class RouteFlow {
    /** What hands its body over to a route by Java, by bean and method. */
    private static final Map<String, String> HANDED_OVER = Map.of("pollHandover.begin", "direct:collect-run");

    private static final Set<String> QUEUES = Set.of("seda", "amqp", "jms", "activemq", "azure-servicebus");
    private static final Set<String> AROUND =
            Set.of("split", "loop", "onException", "doCatch", "doFinally", "multicast");
    private static final String DIRECT = "direct:";

    private final ObjectProvider<CamelContext> camel;
    private final Connectors connectors;

    RouteFlow(ObjectProvider<CamelContext> camel, Connectors connectors) {
        this.camel = camel;
        this.connectors = connectors;
    }

    /** What begins a route. */
    public enum Begin {
        SCHEDULE,
        TIMER,
        QUEUE,
        CALL,
        OTHER
    }

    /**
     * A route.
     *
     * @param description empty where it has none
     * @param from the name of the timer or queue, or the kind of what else begins it; empty for a call
     * @param connector whether it is one of the connectors'
     */
    public record Step(String id, String description, Begin begin, String from, boolean connector, List<Call> calls) {}

    /**
     * @param how such as {@code enrich, in split}
     * @param route the one that is called; empty where it leads elsewhere
     * @param place a queue by its name, or the kind of what else is sent to; empty for a route
     */
    public record Call(String how, String route, String place) {}

    /** In the order in which they were loaded, the connectors first. */
    public List<Step> steps() {
        CamelContext context = camel.getObject();
        Collection<RouteDefinition> routes =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
        Map<String, String> listening = new LinkedHashMap<>();
        routes.forEach(route -> listening.put(address(context, route.getInput().getEndpointUri()), route.getRouteId()));
        return routes.stream()
                .map(route -> step(context, route, listening))
                .sorted(Comparator.comparing(step -> !step.connector()))
                .toList();
    }

    private Step step(CamelContext context, RouteDefinition route, Map<String, String> listening) {
        String from = address(context, route.getInput().getEndpointUri());
        Begin begin =
                switch (scheme(from)) {
                    case "direct" -> Begin.CALL;
                    case "quartz" -> Begin.SCHEDULE;
                    case "timer" -> Begin.TIMER;
                    default -> QUEUES.contains(scheme(from)) ? Begin.QUEUE : Begin.OTHER;
                };
        List<Call> calls = new ArrayList<>();
        for (ProcessorDefinition<?> each :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
            addresses(each).forEach(uri -> expanded(address(context, uri))
                    .map(address -> call(context, each, address, listening))
                    .filter(call -> !calls.contains(call))
                    .forEach(calls::add));
        }
        return new Step(
                route.getRouteId(),
                route.getDescriptionText() == null ? "" : route.getDescriptionText(),
                begin,
                begin == Begin.CALL || begin == Begin.SCHEDULE ? "" : place(context, from),
                connectors.find(route.getRouteId()).isPresent(),
                List.copyOf(calls));
    }

    private static Call call(
            CamelContext context, ProcessorDefinition<?> step, String address, Map<String, String> listening) {
        String route = scheme(address).equals("direct") ? listening.getOrDefault(address, "") : "";
        return new Call(how(step), route, route.isEmpty() ? place(context, address) : "");
    }

    private static Stream<String> addresses(ProcessorDefinition<?> step) {
        if (step instanceof SendDefinition<?> send) {
            return Stream.of(send.getUri());
        }
        if (step instanceof ToDynamicDefinition send) {
            return Stream.of(send.getUri());
        }
        boolean computed = step instanceof EnrichDefinition
                || step instanceof PollEnrichDefinition
                || step instanceof RecipientListDefinition
                || step instanceof RoutingSlipDefinition;
        if (computed && ((ExpressionNode) step).getExpression() != null) {
            return Arrays.stream(((ExpressionNode) step)
                            .getExpression()
                            .getExpression()
                            .split(","))
                    .map(String::strip);
        }
        return step instanceof BeanDefinition bean
                ? Stream.ofNullable(HANDED_OVER.get(bean.getRef() + "." + bean.getMethod()))
                : Stream.empty();
    }

    /** Of what is addressed by the channel of an entry, each channel. */
    private static Stream<String> expanded(String address) {
        return address.equals(RouteConventions.TO_CHANNEL)
                ? Arrays.stream(Channel.values()).map(channel -> DIRECT + channel.id())
                : Stream.of(address);
    }

    private static String how(ProcessorDefinition<?> step) {
        StringBuilder how = new StringBuilder(step instanceof BeanDefinition ? "hand over" : step.getShortName());
        for (NamedNode around = step.getParent(); around != null; around = around.getParent()) {
            if (AROUND.contains(around.getShortName())) {
                how.append(", in ").append(around.getShortName());
            }
        }
        return how.toString();
    }

    /** Without options, and of a queue or route without slashes. */
    private static String address(CamelContext context, String uri) {
        String resolved = uri;
        try {
            resolved = context.resolvePropertyPlaceholders(uri);
        } catch (IllegalArgumentException notSet) {
            // It is drawn by what stands there.
        }
        String bare = resolved.contains("${") ? resolved : resolved.split("\\?", 2)[0];
        String scheme = scheme(bare);
        return scheme.equals("direct") || QUEUES.contains(scheme)
                ? bare.replaceFirst("^" + scheme + ":(//)?", scheme + ":")
                : bare;
    }

    private static String scheme(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static String place(CamelContext context, String address) {
        String scheme = scheme(address);
        if (address.equals(address(context, "{{archiver.page-queue}}"))) {
            return "page queue";
        }
        if (address.equals(address(context, "{{archiver.telemessage.base-url}}"))) {
            return "TeleMessage";
        }
        if (scheme.equals("microsoft-exchange")) {
            return "Exchange: " + address.substring(scheme.length() + 1);
        }
        boolean named = QUEUES.contains(scheme) || scheme.equals("direct") || scheme.equals("timer");
        return named && !address.contains("${") ? address : scheme.contains("${") ? "computed" : scheme;
    }
}
