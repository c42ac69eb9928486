package org.chatarchiver.observation;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;

/** Ids by chance, but for the span that a page's trace begins with, whose ids everybody can tell from the page. Safe for many threads. */
final class PageIds implements IdGenerator {
    private final IdGenerator others = IdGenerator.random();
    private final ThreadLocal<SpanContext> next = new ThreadLocal<>();

    /** What starts one span gets these ids. */
    <T> T with(SpanContext ids, Supplier<T> start) {
        next.set(ids);
        try {
            return start.get();
        } finally {
            next.remove();
        }
    }

    @Override
    public String generateSpanId() {
        SpanContext ids = next.get();
        return ids == null ? others.generateSpanId() : ids.getSpanId();
    }

    @Override
    public String generateTraceId() {
        SpanContext ids = next.get();
        return ids == null ? others.generateTraceId() : ids.getTraceId();
    }
}
