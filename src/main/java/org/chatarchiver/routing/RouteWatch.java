package org.chatarchiver.routing;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at the route files again and again, at what is in them: neither an editor that writes in place nor a ConfigMap whose directory is
 * exchanged shows in the same times and names. What two looks in a row have found alike is taken, so no file that is half-written.
 */
@Component
class RouteWatch implements SmartLifecycle, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);

    private final RoutesProperties properties;
    private final RouteLoading loading;
    private final RouteDifferences differences;
    private ScheduledExecutorService looks;
    private RouteSet last;

    RouteWatch(RoutesProperties properties, RouteLoading loading, RouteDifferences differences) {
        this.properties = properties;
        this.loading = loading;
        this.differences = differences;
    }

    @Override
    public synchronized void start() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("route-watch-");
        threads.setDaemon(true);
        looks = Executors.newSingleThreadScheduledExecutor(threads);
        long pause = properties.routesWatch().toMillis();
        looks.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Whatever is thrown, there is another look: one that fails, as without a ledger, may not be the last one. */
    private void look() {
        try {
            RouteSet now = loading.read();
            if (now.sameAs(last)) {
                loading.take(now);
            }
            last = now;
            loading.goOn();
            differences.look();
        } catch (RuntimeException | Error e) {
            LOG.error("The route files could not be looked at: {}", Printable.of(e.toString()), e);
            loading.failed(e);
        }
    }

    /** Waits for a change that is being put into force: the routes are not stopped in the middle of it. */
    @Override
    public void stop() {
        ScheduledExecutorService ended;
        synchronized (this) {
            ended = looks;
            looks = null;
        }
        if (ended != null) {
            ended.shutdown();
            try {
                if (!ended.awaitTermination(30, TimeUnit.SECONDS)) {
                    ended.shutdownNow();
                }
            } catch (InterruptedException e) {
                ended.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A start that is refused behind this one stops nothing. */
    @Override
    public void destroy() {
        stop();
    }

    @Override
    public synchronized boolean isRunning() {
        return looks != null;
    }
}
