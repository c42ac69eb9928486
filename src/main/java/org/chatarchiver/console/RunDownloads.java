package org.chatarchiver.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.chatarchiver.api.RunView;
import org.chatarchiver.api.RunViews;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Csv;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The report of a run, and its failures, as files. */
@Controller
class RunDownloads {
    private static final int AT_ONCE = 1_000;
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final RunViews views;
    private final Channels channels;
    private final Decisions decisions;

    RunDownloads(RunViews views, Channels channels, Decisions decisions) {
        this.views = views;
        this.channels = channels;
        this.decisions = decisions;
    }

    @GetMapping(RunPage.PATH + "/{run}/report.json")
    ResponseEntity<RunView> json(@PathVariable String run) {
        RunView report = RunPage.known(views, run);
        return file(report.id() + ".json", MediaType.APPLICATION_JSON).body(report);
    }

    @GetMapping(RunPage.PATH + "/{run}/report.csv")
    ResponseEntity<byte[]> csv(@PathVariable String run) {
        RunView report = RunPage.known(views, run);
        return file(report.id() + ".csv", CSV).body(report(report).getBytes(StandardCharsets.UTF_8));
    }

    private static String report(RunView run) {
        StringBuilder lines = new StringBuilder(Csv.BEGIN).append(Csv.line("what", "reason", "value"));
        fact(lines, "run", run.id());
        fact(lines, "connector", run.connector());
        fact(lines, "cause", run.cause());
        fact(lines, "dryRun", run.dryRun());
        fact(lines, "from", run.from());
        fact(lines, "to", run.to());
        fact(lines, "state", run.state());
        fact(lines, "summary", run.summary());
        fact(lines, "started", run.started());
        fact(lines, "landed", run.landed());
        fact(lines, "finished", run.finished());
        fact(lines, "availableFromSource", run.availableFromSource());
        fact(lines, "availableForImport", run.availableForImport());
        fact(lines, "imported", run.imported());
        fact(lines, "partiallyImported", run.partiallyImported());
        byReason(lines, "partiallyImported", run.partiallyByReason());
        fact(lines, "skipped", run.skipped());
        fact(lines, "failed", run.failed());
        byReason(lines, "failed", run.failedByReason());
        fact(lines, "failedClosed", run.failedClosed());
        fact(lines, "pending", run.pending());
        fact(lines, "accepted", run.accepted());
        fact(lines, "acceptedBy", run.acceptedBy());
        run.pages().forEach(page -> lines.append(Csv.line("page " + page.number(), "sha256", page.sha256())));
        return lines.toString();
    }

    private static void fact(StringBuilder lines, String what, Object value) {
        lines.append(Csv.line(what, null, value));
    }

    private static void byReason(StringBuilder lines, String what, Map<Reason, Long> numbers) {
        numbers.forEach((reason, number) -> lines.append(Csv.line(what, reason, number)));
    }

    /** Written as it is read, since there may be many. */
    @GetMapping(RunPage.PATH + "/{run}/failures.csv")
    void failures(@PathVariable String run, HttpServletResponse response) throws IOException {
        String id = RunPage.known(views, run).id();
        response.setContentType(CSV.toString());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(id + "-failures.csv"));
        Writer lines = response.getWriter();
        lines.write(Csv.BEGIN);
        lines.write(Csv.line(
                "entry",
                "channel",
                "reason",
                "detail",
                "page",
                "position",
                "messageId",
                "owner",
                "mailbox",
                "path",
                "opened",
                "closed",
                "closedBy",
                "closedBecause"));
        write(lines, after -> channels.ofRun(id, AT_ONCE, after));
        write(lines, after -> decisions.ofRun(id, AT_ONCE, after));
    }

    private interface Reading {
        List<Channels.Entry> behind(long after);
    }

    private static void write(Writer lines, Reading reading) throws IOException {
        List<Channels.Entry> part = reading.behind(0);
        while (!part.isEmpty()) {
            for (Channels.Entry entry : part) {
                lines.write(Csv.line(
                        entry.id(),
                        entry.channel().id(),
                        entry.reason(),
                        entry.detail(),
                        entry.page(),
                        entry.position(),
                        entry.messageId(),
                        entry.owner(),
                        entry.mailbox(),
                        entry.path(),
                        entry.opened(),
                        entry.closed(),
                        entry.closedBy(),
                        entry.decision() == null ? null : entry.decision().why()));
            }
            part = part.size() < AT_ONCE
                    ? List.of()
                    : reading.behind(part.get(part.size() - 1).id());
        }
    }

    private static ResponseEntity.BodyBuilder file(String name, MediaType type) {
        return ResponseEntity.ok().contentType(type).header(HttpHeaders.CONTENT_DISPOSITION, attachment(name));
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment().filename(name).build().toString();
    }
}
