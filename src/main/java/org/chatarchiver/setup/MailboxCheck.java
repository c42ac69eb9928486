package org.chatarchiver.setup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.message.Printable;
import org.chatarchiver.setup.MailboxChecks.Missing;
import org.chatarchiver.setup.MailboxChecks.Progress;
import org.chatarchiver.setup.MailboxChecks.State;
import org.chatarchiver.setup.MailboxInquiries.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One check of a mapping file's mailboxes. One thread asks; any may look or cancel. */
final class MailboxCheck implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxCheck.class);
    private static final int MOST_LISTED = 100;
    private static final int TRIES = 3;
    /** More in a row are no mailbox's own trouble, and each may be a log-in that is refused. */
    private static final int MOST_UNCLEAR = 20;

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** @param line of the first row that names it */
    record Asked(long line, String mailbox) {}

    private final String id;
    private final String by;
    private final MailboxInquiries inquiries;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final List<Missing> first = new ArrayList<>();
    private final long known;
    private List<Asked> mailboxes;
    private State state = State.RUNNING;
    private long exist;
    private long missing;
    private long unclear;
    private int inARow;
    private String sentence = "";

    /** @param mailboxes distinct, in the order of the lines */
    MailboxCheck(String id, String by, List<Asked> mailboxes, MailboxInquiries inquiries) {
        this.id = id;
        this.by = by;
        this.mailboxes = mailboxes;
        this.known = mailboxes.size();
        this.inquiries = inquiries;
    }

    String id() {
        return id;
    }

    String by() {
        return by;
    }

    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    synchronized Progress progress() {
        return new Progress(
                id, state, known, exist + missing + unclear, exist, missing, unclear, List.copyOf(first), said());
    }

    private String said() {
        return switch (state) {
            case RUNNING -> exist + missing + unclear + " of " + mailboxes(known) + " asked for.";
            case DONE ->
                missing + unclear == 0
                        ? (known == 1 ? "The mailbox exists." : "All " + known + " mailboxes exist.")
                        : summary();
            case CANCELLED ->
                "Cancelled after " + (exist + missing + unclear) + " of " + mailboxes(known) + ": " + summary();
            case FAILED -> sentence + " " + summary();
        };
    }

    private String summary() {
        return exist + " of " + mailboxes(known) + " exist, " + missing + (missing == 1 ? " does" : " do") + " not, "
                + unclear + " could not be told.";
    }

    private static String mailboxes(long number) {
        return number + (number == 1 ? " mailbox" : " mailboxes");
    }

    /** @return whether it was going on */
    boolean cancel() {
        boolean was = end(State.CANCELLED, "");
        cancelled.countDown();
        return was;
    }

    @Override
    public void run() {
        try {
            Iterator<Asked> left = left();
            while (isRunning() && left.hasNext()) {
                ask(left.next());
            }
            end(State.DONE, "");
        } catch (InterruptedException e) {
            end(State.CANCELLED, "");
        } catch (RuntimeException | Error e) {
            LOG.error("The check of a mapping file's mailboxes failed", e);
            end(State.FAILED, "The archiver itself failed; see its log.");
        }
    }

    private synchronized Iterator<Asked> left() {
        return mailboxes.iterator();
    }

    private void ask(Asked asked) throws InterruptedException {
        Told told = inquiries.ask(asked.mailbox());
        for (int tries = 1; told instanceof Told.Unclear unclear; tries++) {
            pause(unclear);
            if (!unclear.again() || tries == TRIES || !isRunning()) {
                break;
            }
            told = inquiries.ask(asked.mailbox());
        }
        if (told instanceof Told.Out out) {
            end(
                    State.FAILED,
                    "The check ended, since the destination cannot be asked (" + Printable.of(out.why())
                            + "); start it again when that is over.");
        } else {
            count(asked, told);
        }
    }

    /** Woken by who cancels. */
    private void pause(Told.Unclear unclear) throws InterruptedException {
        Duration pause = unclear.again() && unclear.delay().compareTo(PAUSE) < 0 ? PAUSE : unclear.delay();
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        boolean woken = cancelled.await(bounded.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("Asked for again or not: woken {}", woken);
    }

    private synchronized void count(Asked asked, Told told) {
        if (state != State.RUNNING) {
            return;
        }
        if (told instanceof Told.Exists) {
            exist++;
            inARow = 0;
        } else if (told instanceof Told.Missing none) {
            missing++;
            inARow = 0;
            list(asked, none.why());
        } else if (told instanceof Told.Unclear unknown) {
            unclear++;
            inARow++;
            list(asked, unknown.why());
            if (inARow == MOST_UNCLEAR) {
                end(
                        State.FAILED,
                        "The check ended, since of " + MOST_UNCLEAR
                                + " mailboxes in a row it could not be told (the last: "
                                + Printable.of(unknown.why()) + "); see to that and start it again.");
            }
        }
    }

    private void list(Asked asked, String why) {
        if (first.size() < MOST_LISTED) {
            first.add(new Missing(asked.line(), asked.mailbox(), why));
        }
    }

    /** @return whether it is the first end, which counts */
    private synchronized boolean end(State how, String why) {
        if (state != State.RUNNING) {
            return false;
        }
        state = how;
        sentence = why;
        // Finished checks are remembered for what they found only.
        mailboxes = List.of();
        return true;
    }
}
