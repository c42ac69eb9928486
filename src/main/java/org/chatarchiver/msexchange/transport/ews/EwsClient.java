package org.chatarchiver.msexchange.transport.ews;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.ShutException;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/** Posts requests to the service and reads the answers. Redirections are not followed and nothing is tried again of itself. */
final class EwsClient {
    /** An answer this recent shows that the destination works. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private static final long NEVER = Long.MIN_VALUE;

    private final URI url;
    private final EwsLogin login;
    private final CloseableHttpClient http;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicLong answeredAt = new AtomicLong(NEVER);
    private volatile boolean closed;

    EwsClient(EwsSettings settings) {
        url = settings.url();
        login = new EwsLogin(settings);
        http = EwsHttp.client(settings, login);
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "microsoft-exchange-ews");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** The fault of an error that may be one mailbox's or everybody's: what was answered just now tells. */
    Fault down() {
        long at = answeredAt.get();
        return closed || at != NEVER && System.nanoTime() - at < RECENT.toNanos()
                ? Fault.UNAVAILABLE
                : Fault.UNREACHABLE;
    }

    /**
     * @param end when the request is broken off, as {@link System#nanoTime}
     * @param fence of what it changes
     * @throws TransportException where no request was made
     */
    EwsAnswer ask(String mailbox, EwsRequest request, long end, Fence fence)
            throws TransportException, EwsLostException {
        String authorization = login.authorization();
        EwsAnswer answer = post(mailbox, request, authorization, end, fence);
        if (answer.refusal() != null && answer.refusal().code().equals("HTTP 401")) {
            String other = login.another(authorization);
            answer = other == null ? answer : post(mailbox, request, other, end, fence);
        }
        return answer;
    }

    private EwsAnswer post(String mailbox, EwsRequest request, String authorization, long end, Fence fence)
            throws TransportException, EwsLostException {
        HttpPost post = new HttpPost(url);
        EwsEntity entity = new EwsEntity(mailbox, request, login.byConnection(), dropping(post, fence));
        post.setEntity(entity);
        // Leads the request straight to the mailbox's server.
        post.setHeader("X-AnchorMailbox", mailbox);
        if (authorization != null) {
            post.setHeader("Authorization", authorization);
        }
        Future<?> deadline = null;
        try {
            fence.check();
            deadline = timer.schedule(post::cancel, end - System.nanoTime(), TimeUnit.NANOSECONDS);
            EwsAnswer answer = http.execute(post, EwsHttp::answer);
            if (answer.refusal() == null || !answer.refusal().code().startsWith("HTTP ")) {
                answeredAt.set(System.nanoTime());
            }
            return answer;
        } catch (ShutException e) {
            throw e.error().thrown();
        } catch (IOException e) {
            throw lost(e, entity, post.isCancelled());
        } catch (ConnectionShutdownException | RejectedExecutionException e) {
            throw TransportError.passing(Fault.UNAVAILABLE, "closed").thrown();
        } finally {
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }

    /** The client ends a chunked request in good order even if its content could not be written to its end; not over a dropped connection. */
    private static Fence dropping(HttpPost post, Fence fence) {
        if (fence == Fence.OPEN) {
            return fence;
        }
        return () -> {
            boolean shut = fence.isShut();
            if (shut) {
                post.cancel();
            }
            return shut;
        };
    }

    private EwsLostException lost(IOException e, EwsEntity entity, boolean overdue) throws TransportException {
        if (!entity.begun() && unconnected(e)) {
            throw TransportError.unanswered(Fault.UNREACHABLE, e, "no connection to " + url + ": " + reason(e))
                    .thrown();
        }
        TransportError error = overdue
                ? TransportError.passing(down(), "no answer in time")
                : TransportError.unanswered(down(), e, "connection lost: " + reason(e));
        return new EwsLostException(error, entity.complete());
    }

    private static boolean unconnected(IOException e) {
        return e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof UnknownHostException
                || e instanceof ConnectTimeoutException
                || e instanceof SSLException;
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }

    void close() {
        closed = true;
        timer.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }
}
