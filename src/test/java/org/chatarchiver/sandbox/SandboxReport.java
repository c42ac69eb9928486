package org.chatarchiver.sandbox;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;

/** What the sandbox prints. */
final class SandboxReport {
    private static final long STEP_MILLIS = 1_000;

    private final PrintStream out;

    SandboxReport(PrintStream out) {
        this.out = out;
    }

    private void say(String format, Object... arguments) {
        out.printf(Locale.ROOT, format, arguments);
    }

    void starting(int count, int mailboxes) {
        say("%nChat Archiver sandbox: about %,d sample messages of the past day for %d mailboxes.%n", count, mailboxes);
        out.println("Feed, archiver and mail server run on 127.0.0.1; nothing leaves this machine. Starting ...");
        out.println();
    }

    /** First of all, so that the day can be watched there. */
    void console(RunningArchiver archiver, SandboxUsers users, Branch branch) {
        say(
                "  Console   http://127.0.0.1:%d/console   user %s, password %s%n",
                archiver.port(), SandboxUsers.ADMIN, users.adminPassword());
        say(
                "            or, to look at things only, user %s, password %s%n",
                SandboxUsers.READER, users.readerPassword());
        say(
                "  To add    a connector of yours: TeleMessage user %s, password %s, networks %s, mapping file %s%n",
                branch.account().user(),
                branch.account().password(),
                String.join(", ", branch.networks()),
                branch.mapping());
        out.println();
    }

    void portInUse(int port) {
        say(
                "%nThe port %d is in use. Choose another: mvn spring-boot:test-run -Dspring-boot.run.jvmArguments=-Dserver.port=%d%n",
                port, port + 1);
    }

    /** Waits for the run whose feed breaks off, and prints it. */
    void brokenOff(Supplier<RunReport> source) {
        RunReport report = source.get();
        while (report.run().state() == Run.State.RUNNING) {
            pause(STEP_MILLIS);
            report = source.get();
        }
        line(report);
        out.println("  That is as it should be: its feed has broken an hour off, for an entry in the channel source.");
    }

    /** A run that takes long, to be watched. */
    void slow(RunningArchiver archiver, String run) {
        say(
                "  %s goes on for some minutes, for its feed is slow: watch it at http://127.0.0.1:%d/console/runs/%s%n%n",
                archiver.report(run).run().connector(), archiver.port(), run);
    }

    /** Prints progress until the run ends, then its report. */
    void follow(Supplier<RunReport> source) {
        RunReport report = source.get();
        long shown = -1;
        while (report.run().state() == Run.State.RUNNING) {
            if (report.availableForImport() != shown) {
                shown = report.availableForImport();
                say(
                        "  %-9s %,6d messages arrived, %,6d items done, %,d waiting%n",
                        report.run().connector(), report.arrived(), shown, report.pending());
            }
            pause(STEP_MILLIS);
            report = source.get();
        }
        print(report);
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The sandbox was interrupted", e);
        }
    }

    private void print(RunReport report) {
        say(
                "%n  %s, run %s: %s%n",
                report.run().connector(), report.run().id(), report.run().state());
        row("available from source", report.availableFromSource());
        row("available for import", report.availableForImport());
        row("imported", report.imported());
        row("partially imported", report.partiallyImported());
        report.partiallyByReason().forEach((reason, number) -> row("  " + reason, number));
        row("skipped", report.skipped());
        row("failed", report.failed());
        report.failedByReason()
                .forEach((reason, number) ->
                        row("  " + reason + " (" + reason.channel().id() + ")", number));
        out.println();
    }

    private void row(String name, long number) {
        say("    %-42s %,8d%n", name, number);
    }

    /** What among the samples a reader of the reports might wonder at. */
    void explain(List<Sample> samples) {
        out.println("Among the samples");
        for (OddCase odd : OddCase.values()) {
            if (!odd.explanation().isEmpty()) {
                samples.stream()
                        .filter(one -> one.expectation().messageId().endsWith("-" + odd))
                        .findFirst()
                        .ifPresent(one -> say("  %s: %s%n", one.expectation().messageId(), odd.explanation()));
            }
        }
        say(
                "  %s (android): a film larger than archiver.telemessage.max-download, here %s: its item waits in undeliverable%n",
                FieldTeam.FILM, FieldTeam.MAX_DOWNLOAD);
        out.println(
                "  an hour of the day before yesterday (android): the feed broke it off; a requeue of source fetches it");
        out.println();
    }

    /** One run in one line. */
    void line(RunReport report) {
        say(
                "  %s %-9s %s: %d from source, %d imported, %d partially, %d skipped, %d failed%n",
                report.run().id(),
                report.run().connector(),
                report.run().state(),
                report.availableFromSource(),
                report.imported(),
                report.partiallyImported(),
                report.skipped(),
                report.failed());
    }

    void whereToLook(
            RunningArchiver archiver, SandboxUsers users, EmbeddedMailServer mail, String mailbox, ArchiverHome home) {
        String password = users.adminPassword();
        String api = "http://127.0.0.1:" + archiver.port();
        out.println("Where to look");
        say("  Console   %s/console   (see above)%n", api);
        say("  API       curl -u admin:%s %s/api/connectors%n", password, api);
        say("            %s/api/connectors/wechat/runs   %s/api/channels/unmapped%n", api, api);
        say("            POST %s/api/connectors/wechat/runs starts a run, {\"dryRun\":true} a dry one%n", api);
        say("  Health    %s/actuator/health   Metrics %s/actuator/prometheus%n", api, api);
        say("  Mailboxes any IMAP client: 127.0.0.1 port %d with TLS (self-signed certificate),%n", mail.securePort());
        say("            user %s (or any other of the company), password %s%n", mailbox, mail.token());
        say(
                "            curl -k -u %s:%s 'imaps://127.0.0.1:%d/WeChat%%20Archiver;MAILINDEX=1'%n",
                mailbox, mail.token(), mail.securePort());
        say("  Landing   %s%n", home.data().resolve("landing"));
        say("  Routes    %s (a copy of routes/; an edit is taken within seconds)%n", home.routes());
        out.println();
        out.println(
                "New messages keep arriving; wechat and whatsapp poll every minute, android once a day or when you say so. Ctrl-C ends it.");
        out.println();
    }
}
