package org.chatarchiver.verify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.DifferenceKind;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.ledger.Verifications.Mark;
import org.chatarchiver.ledger.Verifications.Others;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;

/**
 * A verification that is at work: what it has found and how far it is, written into the ledger as it goes. One that was broken off goes on
 * behind the last folder, or page, that it had marked. Not for several threads.
 */
public final class Verification {
    private static final Duration TELLING = Duration.ofSeconds(1);

    private final RunReport report;
    private final String folder;
    private final Verified row;
    private final Verifications rows;
    private final BooleanSupplier stopped;
    private final Clock clock;
    private final ItemKeys items = new ItemKeys();
    private final Map<DifferenceKind, Long> kinds = new EnumMap<>(DifferenceKind.class);
    private final MetInFolders met;
    private final Map<String, Long> digests = new HashMap<>();
    private final boolean resumed;
    private Instant told = Instant.EPOCH;
    private Instant marked = Instant.EPOCH;
    private boolean nameless;
    private int places;
    private int pagesDone;
    private long itemsDone;
    private long itemsNotLookedFor;
    private int mailboxes;
    private int mailboxesDone;

    Verification(
            RunReport report, String folder, Verified row, Verifications rows, BooleanSupplier stopped, Clock clock) {
        this.report = report;
        this.folder = folder;
        this.row = row;
        this.rows = rows;
        this.stopped = stopped;
        this.clock = clock;
        this.met = new MetInFolders(rows.folders(), row);
        this.resumed = row.mark() != null;
        if (resumed) {
            goOnFrom(row.mark());
        }
    }

    private void goOnFrom(Mark mark) {
        pagesDone = mark.pages();
        itemsDone = mark.items();
        itemsNotLookedFor = mark.itemsNotLookedFor();
        places = mark.places();
        kinds.putAll(mark.kinds());
    }

    /** Whether the run as a whole, and a folder of it at least, was verified before. */
    boolean isResumed() {
        return resumed;
    }

    int pagesDone() {
        return pagesDone;
    }

    Run run() {
        return report.run();
    }

    RunReport report() {
        return report;
    }

    /** When the connector's other mailboxes are read too; empty where they are not. */
    Optional<Others> others() {
        return Optional.ofNullable(row.others());
    }

    /** Into which the e-mails of the run have gone. */
    String folder() {
        return folder;
    }

    /** What was delivered, and whether it was met in its folder. */
    ItemKeys items() {
        return items;
    }

    /** All items are expected that there are: which of them were met in the folders that are done with? */
    void recall() {
        met.recall(items);
    }

    /** An e-mail is in a folder. */
    ItemKeys.Met met(long key) {
        ItemKeys.Met came = items.met(key);
        if (came == ItemKeys.Met.FIRST) {
            met.item(key);
        }
        return came;
    }

    /** Its folder was read through before this was broken off. */
    boolean wasRead(String mailbox) {
        return met.wasRead(mailbox);
    }

    /** An item has a Message-ID that cannot be computed. */
    void nameless() {
        nameless = true;
    }

    boolean hasNameless() {
        return nameless;
    }

    void found(Difference difference) {
        if (places < Verifications.MOST) {
            places++;
            rows.found(row, places, difference);
        }
        kinds.merge(difference.kind(), 1L, Long::sum);
    }

    /** As {@link ItemKeys} has it. */
    long key(String mailbox, String messageId) {
        return ItemKeys.key(digests.computeIfAbsent(mailbox, ItemKeys::mailbox), messageId.substring(1));
    }

    /** A mailbox that could not be searched is not asked again. */
    boolean isUnreachable(String mailbox) {
        return met.isUnreachable(mailbox);
    }

    void unreachable(String mailbox, Difference difference) {
        if (met.unreachable(mailbox)) {
            found(difference);
        }
    }

    /** @param done those that are done with */
    void mailboxes(int number, int done) {
        mailboxes = number;
        mailboxesDone = done;
        tell();
    }

    void mailboxDone(String mailbox) {
        mailboxesDone++;
        met.read(mailbox);
        markNowAndThen();
    }

    /** All but the pages is done, and before the first of them. */
    void foldersDone() {
        mark();
    }

    void pageDone() {
        pagesDone++;
        markNowAndThen();
    }

    private void markNowAndThen() {
        if (marked.plus(TELLING).isBefore(clock.instant())) {
            mark();
        }
    }

    private void mark() {
        marked = clock.instant();
        rows.mark(row, progress(), new Mark(pagesDone, itemsDone, itemsNotLookedFor, places, kinds, met.kept()));
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
        if (isStopped()) {
            throw new BrokenOffException();
        }
    }

    boolean isStopped() {
        return stopped.getAsBoolean();
    }

    private void tell() {
        Instant now = clock.instant();
        if (told.plus(TELLING).isBefore(now)) {
            told = now;
            rows.progress(row, progress(), kinds);
        }
    }

    Progress progress() {
        return new Progress(
                row.progress().pages(),
                pagesDone,
                row.progress().items(),
                itemsDone,
                itemsNotLookedFor,
                mailboxes,
                mailboxesDone);
    }

    /** @param problem null where it has come to its end */
    void ended(String problem) {
        rows.ended(run(), row, progress(), kinds, problem);
    }

    Map<DifferenceKind, Long> kinds() {
        return kinds;
    }

    /** It is stopped, and goes on later. */
    static final class BrokenOffException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenOffException() {
            super("The archiver, or the route that verifies, was stopped or changed");
        }
    }
}
