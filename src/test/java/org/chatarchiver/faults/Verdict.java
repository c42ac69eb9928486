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
            LandingFiles landing = new LandingFiles(data.resolve("landing"));
            problems.addAll(landing.compare(ledger.pages()));
            problems.addAll(new AuditRows(ledger.audit()).problems(landing.heads()));
            equal("notes that are not in the audit log", 0, ledger.count("audit_note"));
            equal("audited starts of runs", "1", audited(ledger, "RUN_OPENED", "run", "id"));
            equal("audited ends of runs", "1", audited(ledger, "RUN_ENDED", "run", "id"));
            equal("audited landings of pages", "1", audited(ledger, "PAGE_LANDED", "page", "run || '/' || number"));
            equal(
                    "pages whose delivery is not audited",
                    0,
                    ledger.count("page where run || '/' || number not in"
                            + " (select subject from audit_entry where action = 'PAGE_DELIVERED')"));
            equal(
                    "audited mappings",
                    ledger.count("mapping_version"),
                    ledger.count("audit_entry where action = 'MAPPING_TAKEN'"));
        }
    }

    /** How often an action is told of each that it was done to: the different numbers there are, with commas between. */
    private static String audited(LedgerFile ledger, String action, String table, String subject) throws SQLException {
        return String.join(
                ",",
                ledger.strings(
                        "select distinct (select count(*) from audit_entry where action = '" + action
                                + "' and subject = " + subject + ") as times from " + table + " order by times",
                        times -> times));
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
