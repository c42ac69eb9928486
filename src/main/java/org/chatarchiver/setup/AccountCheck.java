package org.chatarchiver.setup;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.Secrets;
import org.chatarchiver.telemessage.FeedRequest;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks TeleMessage whether it takes a log-in, by the route {@code fetch-account}, while somebody waits: once, and within 20 seconds. Two
 * may be asked for at the same time. Safe for many threads.
 */
@Component
public class AccountCheck implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(AccountCheck.class);
    private static final String ROUTE = "fetch-account";
    private static final int AT_ONCE = 2;

    private final ProducerTemplate routes;
    private final AccountTroubles troubles;
    private final long millis;
    private final ThreadPoolExecutor threads;

    AccountCheck(ProducerTemplate routes, TelemessageProperties feed, AccountDeadline deadline) {
        this.routes = routes;
        this.troubles = new AccountTroubles(feed.feed());
        this.millis = deadline.time().toMillis();
        // No queue: whoever comes third is told.
        this.threads = new ThreadPoolExecutor(0, AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "account-check");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What came of asking. Sentences name what was asked and the cure, and hold no password. */
    public sealed interface Answer {
        /** @param networks that are open to the account, as TeleMessage names them; not sorted, at most 1,000 */
        record Account(String account, List<String> networks) implements Answer {}

        /** TeleMessage does not take this user name with this password. */
        record Refused(String sentence) implements Answer {}

        /** There was no answer that tells. */
        record Unavailable(String sentence) implements Answer {}
    }

    /** Nothing is asked with a user name or a password that HTTP Basic cannot carry, or that could not be kept; that is refused here. */
    public Answer check(String username, String password) {
        String fault = fault(username, password);
        if (fault != null) {
            return new Answer.Refused(fault);
        }
        if (routes.getCamelContext().getRouteController().getRouteStatus(ROUTE) != ServiceStatus.Started) {
            return new Answer.Unavailable("The route " + ROUTE
                    + " does not run: GET /api/routes says why; it comes with the archiver in account.camel.yaml.");
        }
        try {
            return await(threads.submit(() -> ask(new FeedRequest.Login(username, password))));
        } catch (RejectedExecutionException e) {
            return new Answer.Unavailable(AT_ONCE + " log-ins are being checked already: try again in a moment.");
        }
    }

    private static String fault(String username, String password) {
        if (username == null || username.isBlank()) {
            return "The user name is empty: enter the one that TeleMessage gave your organisation.";
        }
        String named = "The user name " + Printable.quoted(username) + " ";
        if (username.length() > Draft.LONGEST) {
            return named + "has more than " + Draft.LONGEST
                    + " characters: enter the one that TeleMessage gave your organisation.";
        }
        if (username.indexOf(':') >= 0) {
            return named + "has a colon, which HTTP Basic cannot carry (RFC 7617): ask TeleMessage for another one.";
        }
        if (hasControl(username)) {
            return named + "has a control character, such as a tab or a line break: enter it again.";
        }
        if (password == null || password.isEmpty()) {
            return "The password is empty: enter the one that TeleMessage gave your organisation.";
        }
        if (hasControl(password)) {
            return "The password has a control character, such as a tab or a line break: enter it again.";
        }
        return Secrets.isSecret(password) ? null : "The password is longer than 4,096 bytes: enter it again.";
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private Answer ask(FeedRequest.Login login) {
        long start = System.nanoTime();
        try {
            return routes.requestBody("direct:" + ROUTE, login, Answer.class);
        } catch (CamelExecutionException e) {
            if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) >= millis) {
                return tooSlow();
            }
            if (!(e.getCause() instanceof IOException)) {
                LOG.error("The account at TeleMessage could not be asked for", e.getCause());
            }
            return troubles.of(e.getCause());
        }
    }

    /** A name that is looked up cannot be broken off, and is not waited for. */
    private Answer await(Future<Answer> asked) {
        try {
            return asked.get(millis + 1_000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            return tooSlow();
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Unavailable("The check of the log-in was broken off, since the archiver stops.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the check of a log-in failed", e.getCause());
        }
    }

    private Answer tooSlow() {
        return troubles.tooSlow(Math.max(1, TimeUnit.MILLISECONDS.toSeconds(millis)));
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
