package org.chatarchiver.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditChain;
import org.chatarchiver.audit.AuditHead;
import org.chatarchiver.audit.AuditLog;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.Evidence.KeptPage;
import org.chatarchiver.ledger.EvidenceRows;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.Csv;
import org.springframework.stereotype.Component;

/** Writes the evidence of a time as a ZIP, as it is read: of the runs their counts are in memory, and nothing of what they brought. */
@Component
public class EvidenceExport {
    private static final int AT_ONCE = 200;
    private static final String PACKED = ".gz";

    private final EvidenceRows rows;
    private final Evidence evidence;
    private final EvidenceItems items;
    private final EvidenceReports reports;
    private final AuditNotes notes;
    private final AuditChain chain;
    private final AuditLog log;
    private final Clock clock;

    EvidenceExport(
            EvidenceRows rows,
            Evidence evidence,
            EvidenceItems items,
            EvidenceReports reports,
            AuditNotes notes,
            AuditChain chain,
            AuditLog log,
            Clock clock) {
        this.rows = rows;
        this.evidence = evidence;
        this.items = items;
        this.reports = reports;
        this.notes = notes;
        this.chain = chain;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Of the runs of whose window a part lies in [from, to). The audit log has an entry before the first byte, and one behind the last.
     *
     * @param by who asks for it
     * @param out not closed; what is written of an export that fails is no whole ZIP
     */
    public void write(Instant from, Instant to, String by, OutputStream out) throws IOException {
        note(from, to, by, Map.of());
        AuditHead head = chain.append();
        EvidenceFile file = new EvidenceFile(out);
        file.add("README.md", lines -> lines.write(readme(from, to, by)));
        Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        file.add("items.csv", lines -> {
            lines.write(Csv.BEGIN);
            lines.write(EvidenceItems.header());
            each(from, to, run -> counts.put(run.id(), items.write(evidence.pages(run.id()), lines)));
        });
        Runs known = each -> each(from, to, run -> {
            if (counts.containsKey(run.id())) {
                each.take(run);
            }
        });
        file.add(
                "reports.jsonl",
                lines -> known.each(run -> EvidenceFile.json(lines, reports.of(run, counts.get(run.id())))));
        file.add("pages.sha256", lines -> known.each(run -> pages(run, false, lines)));
        file.add("pages-removed.sha256", lines -> known.each(run -> pages(run, true, lines)));
        file.add("audit.jsonl", lines -> log.span(from, clock.instant())
                .map(span -> new AuditLog.Span(span.first(), head.seq()))
                .ifPresent(span -> log.each(span, entry -> EvidenceFile.json(lines, entry))));
        file.add("heads.jsonl", lines -> heads(known, head, lines));
        String sums = file.end();
        note(from, to, by, Map.of("runs", counts.size(), "sha256sums", sums));
    }

    private void note(Instant from, Instant to, String by, Map<String, Object> more) {
        Map<String, Object> detail = new LinkedHashMap<>(more);
        detail.put("from", from.toString());
        detail.put("to", to.toString());
        detail.put("state", more.isEmpty() ? "BEGUN" : "WRITTEN");
        notes.note(AuditAction.EVIDENCE_EXPORTED, by, "evidence", detail);
    }

    private interface Taking {
        void take(Run run) throws IOException;
    }

    private interface Runs {
        void each(Taking each) throws IOException;
    }

    private void each(Instant from, Instant to, Taking each) throws IOException {
        String after = "";
        List<Run> part;
        do {
            part = rows.runs(from, to, after, AT_ONCE);
            for (Run run : part) {
                each.take(run);
                after = run.id();
            }
        } while (part.size() == AT_ONCE);
    }

    /** Under the names that the pages have once they are unpacked, for it is those digests. */
    private void pages(Run run, boolean removed, Writer lines) throws IOException {
        for (KeptPage kept : evidence.pages(run.id())) {
            if (kept.removed() == removed) {
                String path = kept.page().path();
                lines.write(kept.page().sha256() + "  "
                        + (path.endsWith(PACKED) ? path.substring(0, path.length() - PACKED.length()) : path) + "\n");
            }
        }
    }

    private void heads(Runs known, AuditHead head, Writer lines) throws IOException {
        known.each(run -> {
            Optional.ofNullable(reports.head(run)).ifPresent(one -> EvidenceFile.json(lines, one));
        });
        EvidenceFile.json(lines, EvidenceReports.head("this export", head));
    }

    private String readme(Instant from, Instant to, String by) throws IOException {
        return text("README.md")
                .replace("{{program}}", text("check.py"))
                .replace("{{by}}", by)
                .replace(
                        "{{at}}",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .replace("{{from}}", from.toString())
                .replace("{{to}}", to.toString());
    }

    private static String text(String name) throws IOException {
        try (InputStream in = EvidenceExport.class.getResourceAsStream("/evidence/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
