package org.chatarchiver.verify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.DifferenceKind;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;

/** A verification that is at work: what it has found and how far it is, written into the ledger as it goes. Not for several threads. */
public final class Verification {
    private static final Duration TELLING = Duration.ofSeconds(1);

    private final RunReport report;
    private final String folder;
    private final Verified row;
    private final Verifications rows;
    private final BooleanSupplier stopped;
    private final Clock clock;
    private final Map<DifferenceKind, Long> kinds = new EnumMap<>(DifferenceKind.class);
    private final Set<String> unreachable = new HashSet<>();
    private Instant told = Instant.EPOCH;
    private int places;
    private int pagesDone;
    private long itemsDone;
    private long itemsNotLookedFor;

    Verification(
            RunReport report, String folder, Verified row, Verifications rows, BooleanSupplier stopped, Clock clock) {
        this.report = report;
        this.folder = folder;
        this.row = row;
        this.rows = rows;
        this.stopped = stopped;
        this.clock = clock;
    }

    Run run() {
        return report.run();
    }

    RunReport report() {
        return report;
    }

    /** Into which the e-mails of the run have gone. */
    String folder() {
        return folder;
    }

    void found(Difference difference) {
        if (places < Verifications.MOST) {
            places++;
            rows.found(row, places, difference);
        }
        kinds.merge(difference.kind(), 1L, Long::sum);
    }

    /** A mailbox that could not be searched is not asked again. */
    boolean isUnreachable(String mailbox) {
        return unreachable.contains(mailbox);
    }

    void unreachable(String mailbox) {
        unreachable.add(mailbox);
    }

    void pageDone() {
        pagesDone++;
        tell();
    }

    /** @param searched whether their mailbox has answered */
    void itemsDone(int number, boolean searched) {
        itemsDone += number;
        if (!searched) {
            itemsNotLookedFor += number;
        }
        tell();
    }

    /** @throws BrokenOffException where the archiver or its route stops */
    void goOn() {
        if (stopped.getAsBoolean()) {
            throw new BrokenOffException(
                    "The archiver, or the route that verifies, was stopped or changed; ask for it again");
        }
    }

    private void tell() {
        Instant now = clock.instant();
        if (told.plus(TELLING).isBefore(now)) {
            told = now;
            rows.progress(row, progress(), kinds);
        }
    }

    Progress progress() {
        return new Progress(row.progress().pages(), pagesDone, row.progress().items(), itemsDone, itemsNotLookedFor);
    }

    /** @param problem null where it has come to its end */
    void ended(String problem) {
        rows.ended(run(), row, progress(), kinds, problem);
    }

    Map<DifferenceKind, Long> kinds() {
        return kinds;
    }

    /** It comes to no end. */
    static final class BrokenOffException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenOffException(String sentence) {
            super(sentence);
        }
    }
}
