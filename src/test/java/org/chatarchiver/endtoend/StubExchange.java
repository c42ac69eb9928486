package org.chatarchiver.endtoend;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.servers.EwsMailboxes;
import org.chatarchiver.servers.EwsReaction;
import org.chatarchiver.servers.EwsStub;
import org.chatarchiver.servers.GraphFault;
import org.chatarchiver.servers.GraphMailbox;
import org.chatarchiver.servers.GraphStub;

/** Graph or Exchange Web Services, whichever a test is about: mailboxes, and what is refused or put off. */
interface StubExchange extends AutoCloseable {
    UnaryOperator<RunningArchiver.Settings> settings();

    void create(Collection<String> mailboxes);

    /** The application may not use this mailbox. */
    void refuse(String mailbox);

    /** From here on it may. */
    void allow(String mailbox);

    /** The application may read this mailbox, and not write into it. */
    void denyWriting(String mailbox);

    /**
     * Puts off that many of the requests that file e-mails, evenly over so many e-mails, with a status and {@code Retry-After: 1}.
     *
     * @param emails that will be filed
     */
    void putOffFiling(int status, int times, int emails);

    /** Puts off that many requests from now on, whatever they ask for. */
    void putOffAnything(int status, int times);

    /** From here on no request that files into this mailbox is answered for a good while, by {@code Retry-After}. */
    void throttle(String mailbox, int seconds);

    /** The message ids of what is in the archive's folder. */
    List<String> filed(String mailbox);

    /** What no client may do. */
    List<String> breaches();

    @Override
    void close();

    static StubExchange graph() {
        return new OfGraph();
    }

    static StubExchange ews() {
        return new OfEws();
    }

    /** Microsoft Graph. */
    final class OfGraph implements StubExchange {
        private static final String CREATE = "POST users/?/mailFolders/?/messages";

        private final GraphStub graph = GraphStub.start();

        @Override
        public UnaryOperator<RunningArchiver.Settings> settings() {
            return ExchangeStubs.graph(graph);
        }

        @Override
        public void create(Collection<String> mailboxes) {
            mailboxes.forEach(graph::mailbox);
        }

        @Override
        public void refuse(String mailbox) {
            graph.refuse(mailbox, 403, "ErrorAccessDenied");
        }

        @Override
        public void denyWriting(String mailbox) {
            graph.denyWriting(mailbox);
        }

        @Override
        public void allow(String mailbox) {
            graph.allow(mailbox);
        }

        @Override
        public void putOffFiling(int status, int times, int emails) {
            for (int i = 0; i < times; i++) {
                graph.fault(GraphFault.at(CREATE)
                        .after(i * (emails / times))
                        .answers(status, "TooManyRequests")
                        .retryAfter("1"));
            }
        }

        @Override
        public void putOffAnything(int status, int times) {
            graph.fault(GraphFault.at("")
                    .times(times)
                    .answers(status, "TooManyRequests")
                    .retryAfter("1"));
        }

        @Override
        public void throttle(String mailbox, int seconds) {
            graph.throttle(mailbox, seconds);
        }

        @Override
        public List<String> filed(String mailbox) {
            return graph.mailbox(mailbox).in(TestBed.FOLDER).stream()
                    .map(GraphMailbox.Item::messageId)
                    .toList();
        }

        @Override
        public List<String> breaches() {
            return graph.breaches();
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    /** Exchange Web Services. */
    final class OfEws implements StubExchange {
        private final EwsStub exchange = EwsStub.start(EwsStub.Login.BASIC);

        @Override
        public UnaryOperator<RunningArchiver.Settings> settings() {
            return ExchangeStubs.ews(exchange);
        }

        @Override
        public void create(Collection<String> mailboxes) {
            exchange.mailboxes().create(mailboxes);
        }

        @Override
        public void refuse(String mailbox) {
            exchange.mailboxes().refuse(mailbox, "ErrorImpersonateUserDenied");
        }

        @Override
        public void denyWriting(String mailbox) {
            exchange.mailboxes().denyWriting(mailbox);
        }

        @Override
        public void allow(String mailbox) {
            exchange.mailboxes().allow(mailbox);
        }

        /** Every other request: it takes up to 50 e-mails, and there are fewer for a mailbox. */
        @Override
        public void putOffFiling(int status, int times, int emails) {
            for (int i = 0; i < times; i++) {
                exchange.on("CreateItem", EwsReaction.status(status, "Retry-After", "1"), EwsReaction.none());
            }
        }

        @Override
        public void putOffAnything(int status, int times) {
            exchange.putOff(times, EwsReaction.status(status, "Retry-After", "1"));
        }

        @Override
        public void throttle(String mailbox, int seconds) {
            exchange.putOff(mailbox, EwsReaction.busy(seconds * 1_000));
        }

        @Override
        public List<String> filed(String mailbox) {
            return exchange.mailboxes().items(mailbox, TestBed.FOLDER).stream()
                    .map(EwsMailboxes.Item::messageId)
                    .toList();
        }

        @Override
        public List<String> breaches() {
            return exchange.violations();
        }

        @Override
        public void close() {
            exchange.close();
        }
    }
}
