package org.chatarchiver.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.chatarchiver.sandbox.MessageWriter;
import org.chatarchiver.servers.Dovecot;
import org.springframework.dao.DataAccessException;

/**
 * A day's messages through three archivers with one ledger: two of them are killed by SIGKILL while they work, the one that collects among
 * them, one is stopped past its leases, and the database restarts. Every message must be in its mailbox once, and no mailbox may ever have
 * had more sessions than are allowed for all archivers together.
 */
final class ClusterDay {
    private static final int MAILBOXES = 30;
    private static final int PER_MAILBOX = 2;
    /** One in so many is for the first mailbox, which all archivers want. */
    private static final int BUSY_ONE = 4;

    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration LATENCY = Duration.ofMillis(10);

    private final Path folder;
    private final int messages;
    private final Duration most;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Set<String>> expected = new HashMap<>();
    private ClusterBed bed;
    private int starts;

    /** @param most that the whole of it may take */
    ClusterDay(Path folder, int messages, Duration most) {
        this.folder = folder;
        this.messages = messages;
        this.most = most;
    }

    /** What was lost, is there twice, or does not add up; empty where all is well. */
    List<String> run() throws Exception {
        List<String> addresses =
                IntStream.range(0, MAILBOXES).mapToObj(ClusterDay::address).toList();
        try (ClusterBed own = new ClusterBed(
                folder,
                Dovecot.with(addresses),
                IntStream.range(0, MAILBOXES)
                        .mapToObj(i -> number(i) + "," + address(i) + "\n")
                        .collect(Collectors.joining()),
                PER_MAILBOX)) {
            bed = own;
            IntStream.range(0, messages).forEach(this::add);
            live();
            mailboxes(new Mailboxes(bed.mail(), ClusterBed.FOLDER, addresses).read());
            problems.addAll(bed.sessions().breaches());
        }
        return problems;
    }

    private void add(int i) {
        int mailbox = i % BUSY_ONE == 0 ? 0 : i % MAILBOXES;
        expected.computeIfAbsent(address(mailbox), key -> new HashSet<>()).add(id(i));
        bed.add(MessageWriter.of(ClusterBed.text(id(i), number(mailbox), "Text " + i)));
    }

    private void live() throws Exception {
        ClusterBed.Node collecting = start();
        ClusterBed.Node killed = start();
        ClusterBed.Node stopped = start();
        bed.run(collecting);
        delivered(15);
        killed.archiver().kill();
        delivered(25);
        stopped.archiver().stop();
        bed.sessions().leaveOut(stopped.proxy());
        start();
        delivered(45);
        bed.restartPostgres();
        delivered(60);
        collecting.archiver().kill();
        lapsed();
        stopped.archiver().goOn();
        ClusterBed.Node last = start();
        reports(last);
    }

    private ClusterBed.Node start() throws IOException {
        starts++;
        ClusterBed.Node node = bed.start(
                "archiver-" + starts,
                Map.of(
                        "archiver.lease.duration",
                        LEASE.toSeconds() + "s",
                        "archiver.exchange.connections",
                        6,
                        "archiver.exchange.connections-per-mailbox",
                        PER_MAILBOX,
                        "archiver.exchange.read-timeout",
                        "10s",
                        "archiver.exchange.probe-mailbox",
                        address(1),
                        "archiver.telemessage.page-limit",
                        20,
                        "spring.datasource.hikari.connection-timeout",
                        "5000"));
        node.proxy().latency(LATENCY);
        return node;
    }

    private void delivered(int percent) {
        until(percent + " % are delivered", () -> imported() * 100 >= (long) percent * messages);
    }

    private long imported() {
        return bed.ledger()
                .sql("select count(*) from item where state = 'IMPORTED'")
                .query(Long.class)
                .single();
    }

    /** Of whoever is stopped: all that was taken before has lapsed, by the database's clock. */
    private void lapsed() {
        until(
                "the leases of the one that is stopped are over",
                () -> bed.ledger()
                                .sql("select count(distinct worker) from page where worker_until > current_timestamp")
                                .query(Long.class)
                                .single()
                        <= 1);
    }

    private void until(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(most)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptionsInstanceOf(DataAccessException.class)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            problems.add("waited in vain until " + what);
        }
    }

    private void reports(ClusterBed.Node node) throws Exception {
        JsonNode report = bed.ended(node, most);
        equal("state", "COMPLETE", report.path("state").asText());
        equal("imported", messages, report.path("imported").asInt());
        equal("available", messages, report.path("availableFromSource").asInt());
        equal("failed", 0, report.path("failed").asInt());
        equal("skipped", 0, report.path("skipped").asInt());
        equal("pending", 0, report.path("pending").asInt());
        equal(
                "items that are not imported",
                0L,
                bed.ledger()
                        .sql("select count(*) from item where state <> 'IMPORTED'")
                        .query(Long.class)
                        .single());
        until(
                "no page is in work",
                () -> bed.ledger()
                                .sql("select count(*) from page where state <> 'DONE'")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    private void mailboxes(Map<String, List<Mailboxes.Email>> found) {
        expected.forEach((mailbox, wanted) -> {
            List<String> there = found.getOrDefault(mailbox, List.of()).stream()
                    .map(Mailboxes.Email::sourceId)
                    .toList();
            Set<String> once = new TreeSet<>(there);
            if (once.size() < there.size()) {
                problems.add(mailbox + " has " + (there.size() - once.size()) + " e-mails more than once");
            }
            equal("e-mails of " + mailbox, new TreeSet<>(wanted), once);
        });
    }

    private void equal(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            problems.add(what + ": " + found + ", not " + wanted);
        }
    }

    /** Most sessions of a mailbox at a time, and log-ins in all. */
    String told() {
        return String.format(
                Locale.ROOT,
                "%d messages, %d starts of archivers, at most %d sessions of a mailbox, %d log-ins",
                messages,
                starts,
                bed.sessions().most(),
                bed.sessions().all());
    }

    int mostSessions() {
        return bed.sessions().most();
    }

    private static String id(int i) {
        return "message-" + i;
    }

    private static String address(int mailbox) {
        return "user" + mailbox + "@example.com";
    }

    private static String number(int mailbox) {
        return String.format(Locale.ROOT, "+447700900%03d", 100 + mailbox);
    }
}
