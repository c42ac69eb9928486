package org.chatarchiver.observation;

import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.MDC;

/**
 * The fields of the log lines of a run's work, of this thread: {@code connector}, {@code run}, {@code page} and {@code traceId}, which is
 * that of the page and the same in every archiver (see {@link TraceIds}). Ids of ours and numbers only: nothing from outside. They are
 * there whatever the format of the log; the plain one does not show them. {@link CarryingExecutor} takes them along to another thread.
 */
public final class WorkFields {
    private static final String CONNECTOR = "connector";
    private static final String RUN = "run";
    private static final String PAGE = "page";
    private static final String TRACE = "traceId";

    private WorkFields() {}

    /** Until {@link #end}, this thread works on a run as a whole. */
    public static void begin(String connector, String run) {
        MDC.put(CONNECTOR, connector);
        MDC.put(RUN, run);
        MDC.remove(PAGE);
        MDC.remove(TRACE);
    }

    /** Until {@link #end}, this thread works on a page. */
    public static void begin(String connector, String run, int page) {
        MDC.put(CONNECTOR, connector);
        MDC.put(RUN, run);
        MDC.put(PAGE, Integer.toString(page));
        MDC.put(TRACE, TraceIds.trace(reference(run, page)));
    }

    /** Until the exchange is done, the thread that has it works on a page. */
    public static void begin(Exchange exchange, String connector, String run, int page) {
        begin(connector, run, page);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange done) {
                end();
            }

            // On failure they stay for the next work: whoever has taken the page from its queue logs the failure behind
            // the end.
        });
    }

    /** This thread works on nothing of a run. */
    public static void end() {
        MDC.remove(CONNECTOR);
        MDC.remove(RUN);
        MDC.remove(PAGE);
        MDC.remove(TRACE);
    }

    /** The reference of the page that this thread works on; null for none. */
    static String page() {
        String page = MDC.get(PAGE);
        return page == null ? null : MDC.get(RUN) + "/" + page;
    }

    /** Those of this thread that say what it works on. */
    static void each(BiConsumer<String, String> field) {
        for (String name : new String[] {CONNECTOR, RUN, PAGE}) {
            String value = MDC.get(name);
            if (value != null) {
                field.accept(name, value);
            }
        }
    }

    private static String reference(String run, int page) {
        return run + "/" + page;
    }

    /** For a few lines about a run, whatever this thread works on beside them. */
    public static void within(String connector, String run, Runnable lines) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        begin(connector, run);
        try {
            lines.run();
        } finally {
            put(before);
        }
    }

    /** @param fields all of a thread's; null for none */
    static void put(Map<String, String> fields) {
        if (fields == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(fields);
        }
    }
}
