package org.chatarchiver.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What became of a day's messages: each must be in its mailboxes once, and ledger, channels, reports and landing must say so. */
final class Verdict {
    private final CrashTraffic traffic;
    private final Map<String, Set<String>> expected;
    private final List<String> problems = new ArrayList<>();
    private int lost;
    private int doubled;

    Verdict(CrashTraffic traffic) {
        this.traffic = traffic;
        expected = traffic.expected(true);
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    void mailboxes(Map<String, List<Mailboxes.Email>> found) {
        expected.forEach((mailbox, wanted) -> {
            Set<String> sources = new HashSet<>();
            Set<String> ids = new HashSet<>();
            for (Mailboxes.Email email : found.getOrDefault(mailbox, List.of())) {
                boolean again = !sources.add(email.sourceId()) | !ids.add(email.messageId());
                if (again) {
                    doubled++;
                    problems.add(mailbox + " has " + email.sourceId() + " more than once");
                }
            }
            Set<String> missing = new TreeSet<>(wanted);
            missing.removeAll(sources);
            lost += missing.size();
            sources.removeAll(wanted);
            if (!missing.isEmpty() || !sources.isEmpty()) {
                problems.add(mailbox + " misses " + missing + " and has unexpected " + sources);
            }
        });
    }

    /** Ledger, channels and landing of an archiver that has ended. */
    void data(Path data) throws SQLException, IOException {
        try (LedgerFile ledger = new LedgerFile(data)) {
            equal("delivered items", expected(), ledger.count("item where state in ('IMPORTED', 'PARTIAL')"));
            equal("failed items", traffic.malformed().size(), ledger.count("item where state = 'FAILED'"));
            equal("items", expected() + traffic.malformed().size(), ledger.count("item"));
            equal("further captures", traffic.furtherCaptures(), ledger.count("capture"));
            equal("pages that are not done", 0, ledger.count("page where state <> 'DONE'"));
            equal("runs without an end", 0, ledger.count("run where state = 'RUNNING'"));
            equal(
                    "entries of malformed messages",
                    new TreeSet<>(traffic.malformed()),
                    new TreeSet<>(ledger.strings(
                            "select source_id from channel_entry where closed is null and channel = 'MALFORMED' and reason = 'TIME_INVALID'",
                            id -> id.replace("malformed:", ""))));
            equal(
                    "other open entries",
                    List.of(),
                    ledger.strings(
                            "select channel || ' ' || reason || ' ' || source_id || ' ' || detail from channel_entry where closed is null and channel <> 'MALFORMED'",
                            entry -> entry));
            equal("entries that nobody was told of", 0, ledger.count("channel_entry where tell_at is not null"));
            problems.addAll(new LandingFiles(data.resolve("landing")).compare(ledger.pages()));
        }
    }

    /** The runs as the API shows them. */
    void reports(JsonNode runs) {
        long imported = 0;
        for (JsonNode run : runs) {
            long delivered = run.path("imported").asLong()
                    + run.path("partiallyImported").asLong();
            imported += delivered;
            equal(
                    "available for import in run " + run.path("id").asText(),
                    run.path("availableForImport").asLong(),
                    delivered
                            + run.path("skipped").asLong()
                            + run.path("failed").asLong());
        }
        equal("imported in all runs", (long) expected(), imported);
    }

    private void equal(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            problems.add(what + ": " + found + " instead of " + wanted);
        }
    }

    int expected() {
        return expected.values().stream().mapToInt(Set::size).sum();
    }

    int lost() {
        return lost;
    }

    int doubled() {
        return doubled;
    }

    List<String> problems() {
        return problems;
    }
}
