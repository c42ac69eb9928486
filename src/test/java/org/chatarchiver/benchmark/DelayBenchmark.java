package org.chatarchiver.benchmark;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.ConnectionSettings;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.Security;
import org.chatarchiver.msexchange.transport.ews.EwsAuthentication;
import org.chatarchiver.msexchange.transport.ews.EwsSettings;
import org.chatarchiver.msexchange.transport.ews.EwsTransport;
import org.chatarchiver.msexchange.transport.graph.GraphSettings;
import org.chatarchiver.msexchange.transport.graph.GraphTransport;
import org.chatarchiver.msexchange.transport.imap.ImapSettings;
import org.chatarchiver.msexchange.transport.imap.ImapTransport;
import org.chatarchiver.sandbox.PlainTraffic;
import org.chatarchiver.servers.Certificates;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.EwsStub;
import org.chatarchiver.servers.GraphStub;
import org.chatarchiver.servers.Program;
import reactor.core.publisher.Mono;

/**
 * What a distant server costs: 2,000 e-mails for 20 mailboxes by each transport of {@code microsoft-exchange:}, each byte 50 ms under way,
 * beside one IMAP connection that appends one e-mail at a time over a line as long. The IMAP server is Dovecot without MULTIAPPEND, like
 * Exchange Online, and refuses a fourth connection of one mailbox; those of Graph and EWS are the stubs of the tests, which count how many
 * requests they have at a time for a mailbox.
 */
public final class DelayBenchmark {
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final int EMAILS = 2_000;
    private static final int MAILBOXES = 20;
    private static final int BATCH = 50;
    private static final int ONE_BY_ONE = 100;
    private static final int CONNECTIONS = 16;
    private static final int CONNECTIONS_PER_MAILBOX = 3;
    private static final String FOLDER = "WeChat Archiver";
    private static final Instant DATE = Instant.parse("2026-03-04T09:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final List<String> mailboxes = PlainTraffic.mailboxes(MAILBOXES);

    private DelayBenchmark() {}

    public static void main(String[] args) throws Exception {
        if (Program.find("dovecot").isEmpty()) {
            throw new IllegalStateException("The benchmark needs Dovecot 2.3: apt-get install dovecot-imapd");
        }
        new DelayBenchmark().measure();
    }

    private void measure() throws Exception {
        say("%d e-mails for %d mailboxes, %d ms each way", EMAILS, MAILBOXES, DELAY.toMillis());
        double sequential;
        try (Dovecot dovecot = Dovecot.with(mailboxes)
                        .withoutMultiAppend()
                        .connectionsPerUser(CONNECTIONS_PER_MAILBOX)
                        .start();
                DelayingProxy line = new DelayingProxy(dovecot.imapsPort(), DELAY)) {
            sequential = sequential(dovecot, line);
            try (MailboxTransport imap = new ImapTransport(imap(dovecot, line))) {
                deliver("IMAP, pipelined", imap, sequential);
            }
            check(new Mailboxes(dovecot).count(mailboxes, FOLDER), CONNECTIONS_PER_MAILBOX);
        }
        try (GraphStub server = GraphStub.start();
                DelayingProxy line = new DelayingProxy(server.baseUrl().getPort(), DELAY);
                MailboxTransport graph = new GraphTransport(graph(server, line))) {
            mailboxes.forEach(server::mailbox);
            deliver("Graph", graph, sequential);
            long found = mailboxes.stream()
                    .mapToLong(mailbox -> server.mailbox(mailbox).in(FOLDER).size())
                    .sum();
            check(found, server.mostForOneMailbox());
        }
        try (EwsStub server = EwsStub.start(EwsStub.Login.BASIC);
                DelayingProxy line = new DelayingProxy(server.url().getPort(), DELAY);
                MailboxTransport ews = new EwsTransport(ews(server, line))) {
            server.mailboxes().create(mailboxes);
            deliver("EWS", ews, sequential);
            long found = mailboxes.stream()
                    .mapToLong(
                            mailbox -> server.mailboxes().items(mailbox, FOLDER).size())
                    .sum();
            check(found, server.load().mostForOneMailbox());
        }
    }

    private static void check(long found, int mostForOneMailbox) {
        if (found != EMAILS || mostForOneMailbox > CONNECTIONS_PER_MAILBOX) {
            throw new IllegalStateException("The mailboxes hold " + found + " of " + EMAILS + " e-mails; there were "
                    + mostForOneMailbox + " requests at a time for one mailbox");
        }
    }

    private double sequential(Dovecot dovecot, DelayingProxy line) throws Exception {
        Mailboxes mail = new Mailboxes(dovecot, line.port());
        List<MimeMessage> emails = new ArrayList<>();
        for (int i = 0; i < ONE_BY_ONE; i++) {
            emails.add(mail.email(email("one-by-one", i).content()));
        }
        double rate = mail.appendOneByOne(mailboxes.get(0), emails);
        say("One IMAP connection, one e-mail at a time: %.1f e-mails/s (%d e-mails)", rate, ONE_BY_ONE);
        return rate;
    }

    private void deliver(String name, MailboxTransport transport, double sequential) throws Exception {
        List<Callable<List<Outcome>>> batches = new ArrayList<>();
        for (int from = 0; from < EMAILS / MAILBOXES; from += BATCH) {
            int first = from;
            for (String mailbox : mailboxes) {
                List<Email> emails = IntStream.range(first, first + BATCH)
                        .mapToObj(i -> email(mailbox, i))
                        .toList();
                batches.add(() -> transport.append(new Batch(mailbox, FOLDER, emails)));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        long start = System.nanoTime();
        for (Future<List<Outcome>> outcomes : threads.invokeAll(batches)) {
            for (Outcome outcome : outcomes.get()) {
                if (!(outcome instanceof Outcome.Delivered)) {
                    throw new IllegalStateException(name + ": " + outcome);
                }
            }
        }
        double rate = EMAILS / Benchmark.seconds(Duration.ofNanos(System.nanoTime() - start));
        threads.shutdown();
        say("%s: %.0f e-mails/s, %.1f times as many", name, rate, rate / sequential);
    }

    private static ImapSettings imap(Dovecot dovecot, DelayingProxy line) {
        return new ImapSettings(
                dovecot.host(),
                line.port(),
                Security.tls,
                Authentication.plain,
                Dovecot.MASTER,
                Dovecot.MASTER_PASSWORD,
                null,
                null,
                new ConnectionSettings(CONNECTIONS_PER_MAILBOX, CONNECTIONS, null, TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT),
                4 << 20,
                Certificates.trusting(dovecot.trustStore(), Dovecot.TRUST_STORE_PASSWORD));
    }

    private static GraphSettings graph(GraphStub server, DelayingProxy line) {
        TokenCredential credential = request -> Mono.just(
                new AccessToken("token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        return new GraphSettings(
                at(server.baseUrl(), line),
                credential,
                "https://graph.microsoft.com/.default",
                true,
                new ConnectionSettings(CONNECTIONS_PER_MAILBOX, CONNECTIONS, null, TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT),
                null);
    }

    private static EwsSettings ews(EwsStub server, DelayingProxy line) {
        return new EwsSettings(
                at(server.url(), line),
                EwsAuthentication.basic,
                EwsStub.USER,
                EwsStub.PASSWORD,
                null,
                null,
                new ConnectionSettings(CONNECTIONS_PER_MAILBOX, CONNECTIONS, null, TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT),
                4 << 20,
                Certificates.trusting(server.trustStore(), EwsStub.TRUST_STORE_PASSWORD));
    }

    private static URI at(URI server, DelayingProxy line) {
        return URI.create(server.getScheme() + "://" + server.getHost() + ":" + line.port() + server.getPath());
    }

    /** About as long as that of a chat message. */
    private static Email email(String mailbox, int number) {
        String id = "<" + number + "." + mailbox.replace('@', '.') + "@chat-archiver.invalid>";
        String content = "Message-ID: " + id + "\r\n"
                + "Date: Wed, 04 Mar 2026 09:00:00 +0000\r\n"
                + "From: \"Ann Archer\" <ann@example.com>\r\n"
                + "To: \"Ben Baker\" <ben@example.com>\r\n"
                + "Subject: WeChat message from Ann Archer to Ben Baker\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Class: urn:content-class:custom.WeChatArchiver\r\n"
                + "X-Archive-Source-Id: " + number + "\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
                + "See you at nine.\r\n".repeat(40);
        return new Email(id, DATE, content.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
