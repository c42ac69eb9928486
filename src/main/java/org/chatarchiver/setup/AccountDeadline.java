package org.chatarchiver.setup;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Breaks a request off when its time is over, whatever it does by then. The time-outs of sockets begin anew with each byte, so that a feed
 * that drips would hold whoever waits for ever.
 */
@Component("accountDeadline")
class AccountDeadline implements HttpClientConfigurer, DisposableBean {
    private final Duration time;
    private final ScheduledThreadPoolExecutor timer;

    AccountDeadline() {
        this(Duration.ofSeconds(20));
    }

    /** @param time from the request to the answer's last byte */
    AccountDeadline(Duration time) {
        this.time = time;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "account-deadline");
            thread.setDaemon(true);
            return thread;
        });
    }

    Duration time() {
        return time;
    }

    /** The answer's body is read after the chain has ended, so the end of the chain does not end the deadline; to cancel late does no harm. */
    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.addExecInterceptorFirst("deadline", (request, scope, chain) -> {
            if (scope.originalRequest instanceof Cancellable open) {
                timer.schedule(open::cancel, time.toMillis(), TimeUnit.MILLISECONDS);
            }
            return chain.proceed(request, scope);
        });
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
