package org.chatarchiver.observation;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in a line that a collector cannot be reached, and in another one that it can be again; OpenTelemetry's own lines, one a batch at
 * first, are turned off. A stop waits for the last spans for some seconds only.
 */
final class TellingExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(TellingExporter.class);
    private static final int LAST_SPANS_SECONDS = 3;

    private final SpanExporter exporter;
    private final AtomicBoolean fails = new AtomicBoolean();

    TellingExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> tell(result));
        return result;
    }

    private void tell(CompletableResultCode result) {
        if (result.isSuccess()) {
            if (fails.compareAndSet(true, false)) {
                LOG.info("Traces reach their collector again");
            }
        } else if (fails.compareAndSet(false, true)) {
            Throwable why = result.getFailureThrowable();
            LOG.warn(
                    "Traces do not reach archiver.tracing.endpoint, and are dropped until they do ({}); nothing else is affected",
                    why == null ? "it gives no reason" : why.getClass().getSimpleName());
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
    }
}
