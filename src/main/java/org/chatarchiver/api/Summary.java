package org.chatarchiver.api;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;

/** A run in one sentence. */
final class Summary {
    private Summary() {}

    static String of(RunReport report) {
        Run run = report.run();
        return switch (run.state()) {
            case RUNNING ->
                run.landed() == null
                        ? "Polling; " + counts(report) + " so far" + unread(report) + "."
                        : "Everything has landed; " + counts(report) + " so far, " + number(report.pending())
                                + " to come" + waiting(report) + unread(report) + ".";
            case FAILED ->
                (run.reason() == Reason.CANCELLED
                                ? "The run was cancelled; "
                                : "The poll failed (" + run.reason() + "); ")
                        + counts(report) + " of what had landed" + unread(report) + ".";
            case INCOMPLETE ->
                "The source counts other messages than arrived" + (run.accepted() == null ? "" : ", which is accepted")
                        + "; " + counts(report) + ".";
            case COMPLETE -> complete(report);
        };
    }

    /** @param failures that an administrator has closed; null where they were not counted */
    static String closed(Long failures) {
        return failures == null || failures == 0
                ? ""
                : " Of the failed " + number(failures) + (failures == 1 ? " is" : " are")
                        + " closed by an administrator's decision.";
    }

    /** @param times how often a participant's address could not be used */
    static String notServed(long times) {
        return times == 0
                ? ""
                : " In " + number(times) + (times == 1 ? " case" : " cases")
                        + " the address that the source carries for a participant could not be used.";
    }

    private static String complete(RunReport report) {
        if (report.availableFromSource() == 0 && report.availableForImport() == 0) {
            return "No items ingested on " + days(report.run()) + ".";
        }
        return (report.run().dry() ? "Would be: " : "") + counts(report) + ".";
    }

    /** The day of the window; both days where it spans two. */
    private static String days(Run run) {
        LocalDate first = LocalDate.ofInstant(run.from(), ZoneOffset.UTC);
        LocalDate last = LocalDate.ofInstant(run.to().minusNanos(1), ZoneOffset.UTC);
        return first.equals(last) ? first.toString() : first + " to " + last;
    }

    /** What has landed and was not looked into yet is in no other number. */
    private static String unread(RunReport report) {
        return switch ((int) Math.min(report.unread(), 2)) {
            case 0 -> "";
            case 1 -> "; 1 page is still to be read";
            default -> "; " + number(report.unread()) + " pages are still to be read";
        };
    }

    private static String waiting(RunReport report) {
        if (report.waiting() == 0) {
            return "";
        }
        return ", of which " + number(report.waiting()) + (report.waiting() == 1 ? " waits" : " wait")
                + report.waitingByReason().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + number(entry.getValue()))
                        .collect(Collectors.joining(", ", " (", ")"))
                        .replace(" ()", "");
    }

    private static String counts(RunReport report) {
        return number(report.imported()) + " imported, " + number(report.partiallyImported()) + " partially imported, "
                + number(report.skipped()) + " skipped, " + number(report.failed()) + " failed";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
