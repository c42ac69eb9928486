package org.chatarchiver.observation;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;

/**
 * A trace for each page: its poll, with the landing and the queueing in it, its archiving, and the deliveries in that, each a span by the
 * route that does it. The trace's id is made of the run and the page, so that it needs no carrying through the queue.
 */
final class WorkSpans implements RoutePolicyFactory {
    private static final String POLL = "try-page";
    private static final String ARCHIVE = "archive-page";
    private static final String DELIVER = "deliver-batch";

    private static final Map<String, Work> WORKS = Map.of(
            POLL,
            new Work("poll page", SpanKind.INTERNAL),
            "fetch-attachment",
            new Work("fetch attachment", SpanKind.CLIENT),
            "land-object",
            new Work("land", SpanKind.INTERNAL),
            "queue-page",
            new Work("queue page", SpanKind.PRODUCER),
            ARCHIVE,
            new Work("archive page", SpanKind.CONSUMER),
            DELIVER,
            new Work("deliver batch", SpanKind.CLIENT));

    private final Tracer tracer;
    private final PageIds ids;
    private final String transport;
    /** The page that the thread has polled last, to tell its further tries. */
    private final ThreadLocal<String> polled = new ThreadLocal<>();

    private record Work(String name, SpanKind kind) {}

    /** @param transport to the destination, as its setting names it */
    WorkSpans(Tracer tracer, PageIds ids, String transport) {
        this.tracer = tracer;
        this.ids = ids;
        this.transport = transport;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String route, NamedNode definition) {
        Work work = WORKS.get(route);
        return work == null ? null : new SpanPolicy(exchange -> start(route, work, exchange));
    }

    /** Null for work that is part of no page. */
    private Span start(String route, Work work, Exchange exchange) {
        SpanBuilder span = tracer.spanBuilder(work.name()).setSpanKind(work.kind());
        if (route.equals(POLL)) {
            String page = WorkFields.page();
            return page == null ? null : poll(span, page);
        }
        if (route.equals(ARCHIVE)) {
            String reference = exchange.getMessage().getBody(String.class);
            return reference == null
                    ? null
                    : span.setParent(below(root(reference))).startSpan();
        }
        if (route.equals(DELIVER)) {
            span.setAttribute("archiver.transport", transport);
        }
        Span parent = SpanPolicy.current(exchange);
        return parent == null
                ? null
                : span.setParent(Context.root().with(parent)).startSpan();
    }

    private Span poll(SpanBuilder span, String page) {
        SpanContext root = root(page);
        boolean further = page.equals(polled.get());
        polled.set(page);
        return further ? span.setParent(below(root)).startSpan() : ids.with(root, span.setNoParent()::startSpan);
    }

    private static Context below(SpanContext root) {
        return Context.root().with(Span.wrap(root));
    }

    private static SpanContext root(String page) {
        return SpanContext.createFromRemoteParent(
                TraceIds.trace(page), TraceIds.root(page), TraceFlags.getSampled(), TraceState.getDefault());
    }
}
