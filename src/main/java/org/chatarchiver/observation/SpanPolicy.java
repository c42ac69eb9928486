package org.chatarchiver.observation;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * A span for each exchange of a route. It tells connector, run and page, what {@link Notes} tell, and how it has ended; of an error the
 * class alone, since its words may name a mailbox. Goes along in the exchange, so that what is split off into other threads finds it.
 */
final class SpanPolicy extends RoutePolicySupport {
    private static final String CURRENT = "archiver.span";

    private final Function<Exchange, Span> start;

    SpanPolicy(Function<Exchange, Span> start) {
        this.start = start;
    }

    /** A span, with the one around it, who watched the thread before, and what was counted in it. */
    private record Begun(String route, Span span, Begun around, Notes.Watcher before, Map<String, Long> counts)
            implements Notes.Watcher {
        @Override
        public void counted(String what, long more) {
            counts.merge(what, more, Long::sum);
        }

        @Override
        public void said(String what, String word) {
            span.setAttribute(what, word);
        }
    }

    /** Null where there is none. */
    static Span current(Exchange exchange) {
        Begun begun = exchange.getProperty(CURRENT, Begun.class);
        return begun == null ? null : begun.span();
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        Span span = start.apply(exchange);
        if (span != null) {
            Begun begun = new Begun(
                    route.getId(), span, exchange.getProperty(CURRENT, Begun.class), Notes.watcher(), new HashMap<>());
            exchange.setProperty(CURRENT, begun);
            Notes.to(begun);
        }
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        Begun begun = exchange.getProperty(CURRENT, Begun.class);
        if (begun == null || !begun.route().equals(route.getId())) {
            return;
        }
        exchange.setProperty(CURRENT, begun.around());
        Notes.to(begun.before());
        Span span = begun.span();
        WorkFields.each((field, value) -> span.setAttribute("archiver." + field, value));
        begun.counts().forEach((what, number) -> span.setAttribute(what, number));
        end(span, exchange);
    }

    private static void end(Span span, Exchange exchange) {
        Exception handled = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Exception error = exchange.getException() == null ? handled : exchange.getException();
        span.setAttribute("archiver.outcome", error == null ? "done" : exchange.isFailed() ? "failed" : "put off");
        if (error != null) {
            span.setAttribute("error.type", error.getClass().getSimpleName());
        }
        if (exchange.isFailed()) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
