package org.chatarchiver.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.PeriodVerifications.OfRun;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;
import org.chatarchiver.verify.FoundOnce;
import org.chatarchiver.verify.Verifying;
import org.chatarchiver.verify.VerifyingPeriods.InTurn;

/** Verifies runs one after the other, and tells what came of it: a sentence for each difference, each once. */
final class VerifyReport {
    static final int NOT_DONE = 2;
    private static final int SAME = 0;
    private static final int DIFFERENT = 1;
    private static final long LOOK_NANOS = 200_000_000L;
    private static final int LOOKS_BETWEEN_WORDS = 25;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Verifying verifying;
    private final Verifications verifications;
    private final PrintStream out;
    private final PrintStream progress;
    private final ArrayNode runs;
    private final FoundOnce told = new FoundOnce();
    private int worst = SAME;

    /** @param json one document in place of the sentences */
    VerifyReport(
            Verifying verifying, Verifications verifications, boolean json, PrintStream out, PrintStream progress) {
        this.verifying = verifying;
        this.verifications = verifications;
        this.out = out;
        this.progress = progress;
        this.runs = json ? JSON.createArrayNode() : null;
    }

    /** @return the exit code */
    int of(PeriodRuns of, InTurn turn, String user) {
        long number = 0;
        for (OfRun run : of) {
            number++;
            progress.println("Run " + number + " of " + Math.max(number, of.count()) + ": " + run.run());
            one(run.run(), turn.start(run, user));
        }
        if (runs != null) {
            ObjectNode whole = JSON.createObjectNode().put("exit", worst);
            whole.set("runs", runs);
            out.println(whole.toPrettyString());
        } else {
            out.println(
                    switch (worst) {
                        case SAME -> "Nothing differs in " + number + " runs.";
                        case DIFFERENT -> "There are differences.";
                        default -> "Not all could be verified.";
                    });
        }
        return worst;
    }

    private void one(String run, Verifying.Answer answer) {
        if (answer instanceof Verifying.Answer.Started) {
            ended(run, await(run));
        } else if (answer instanceof Verifying.Answer.Refused refused) {
            notDone(run, refused.sentence());
        } else {
            notDone(run, "There is no such run any more");
        }
    }

    private Verified await(String run) {
        for (int looks = 1; ; looks++) {
            LockSupport.parkNanos(LOOK_NANOS);
            Verifying.Latest latest = verifying.latest(run).orElseThrow();
            if (!latest.atWork()) {
                return latest.verified();
            }
            if (looks % LOOKS_BETWEEN_WORDS == 0) {
                progress.println("  " + words(latest.verified().progress()));
            }
        }
    }

    private static String words(Progress progress) {
        return "folders " + progress.mailboxesDone() + " of " + progress.mailboxes() + ", pages " + progress.pagesDone()
                + " of " + progress.pages() + ", items " + progress.itemsDone() + " of " + progress.items();
    }

    private void notDone(String run, String sentence) {
        worst = NOT_DONE;
        if (runs != null) {
            runs.addObject().put("run", run).put("state", "NOT_DONE").put("problem", sentence);
        } else {
            out.println("NOT_DONE run " + run + ": " + sentence);
        }
    }

    private void ended(String run, Verified verified) {
        if (verified.ended() == null || verified.problem() != null) {
            notDone(run, Objects.requireNonNullElse(verified.problem(), "It was stopped; call the command again"));
            return;
        }
        List<Difference> kept = verifications.differences(verified);
        List<Difference> differences = kept.stream().filter(told::isNew).toList();
        long all = verified.kinds().values().stream().mapToLong(Long::longValue).sum();
        if (all > 0) {
            worst = Math.max(worst, DIFFERENT);
        }
        if (runs != null) {
            ObjectNode one = runs.addObject().put("run", run).put("state", all == 0 ? "SAME" : "DIFFERENT");
            one.set("progress", JSON.valueToTree(verified.progress()));
            one.set("counts", JSON.valueToTree(verified.kinds()));
            one.set("differences", JSON.valueToTree(differences));
            one.put("more", all - kept.size());
        } else {
            differences.forEach(difference -> out.println(line(difference)));
            if (all > kept.size()) {
                out.println("... and " + (all - kept.size()) + " more of run " + run + ": " + verified.kinds());
            }
        }
        progress.println("  " + words(verified.progress()) + "; differences: " + all);
    }

    private static String line(Difference difference) {
        return difference.kind() + " run " + difference.run()
                + (difference.page() == null ? "" : " page " + difference.page())
                + (difference.position() == null ? "" : " position " + difference.position())
                + (difference.mailbox() == null ? "" : " mailbox " + difference.mailbox())
                + (difference.messageId() == null ? "" : " " + difference.messageId()) + ": " + difference.sentence();
    }
}
