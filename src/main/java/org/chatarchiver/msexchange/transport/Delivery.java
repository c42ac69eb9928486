package org.chatarchiver.msexchange.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How far a batch has come: each e-mail is open, in doubt (it may have reached the folder, nobody has said so) or has its outcome. */
public final class Delivery {
    private final List<Email> emails;
    private final Settlement settlement;
    private final Outcome[] outcomes;
    private final boolean[] doubted;
    private final boolean[] recalled;

    /** @param settlement for how long what is in doubt waits */
    public Delivery(List<Email> emails, Settlement settlement) {
        this.emails = emails;
        this.settlement = settlement;
        outcomes = new Outcome[emails.size()];
        doubted = new boolean[emails.size()];
        recalled = new boolean[emails.size()];
    }

    public Email email(int index) {
        return emails.get(index);
    }

    public boolean finished() {
        return Arrays.stream(outcomes).allMatch(outcome -> outcome != null);
    }

    /** Whether any of it has reached the folder. */
    public boolean begun() {
        return filed() > 0;
    }

    /** How much of it has reached the folder. */
    public int filed() {
        return (int) Arrays.stream(outcomes)
                .filter(Outcome.Delivered.class::isInstance)
                .count();
    }

    /** What may be sent, in order. */
    public List<Integer> open() {
        return where(false);
    }

    public List<Integer> inDoubt() {
        return where(true);
    }

    private List<Integer> where(boolean doubt) {
        return IntStream.range(0, outcomes.length)
                .filter(i -> outcomes[i] == null && doubted[i] == doubt)
                .boxed()
                .toList();
    }

    /** From here on the server may have the whole e-mail. */
    public void doubt(int index) {
        doubted[index] = true;
        recalled[index] = false;
    }

    /** The server has said when it may be sent again, if not that it has not filed it: who looks for it by then need not wait longer. */
    public void recall(int index) {
        recalled[index] = true;
    }

    /** The server said that it has not filed it. */
    public void reopen(int index) {
        doubted[index] = false;
        recalled[index] = false;
    }

    public void delivered(int index, long uid) {
        outcomes[index] = new Outcome.Delivered(uid);
    }

    public void refused(int index, TransportError error) {
        outcomes[index] = error.outcome();
    }

    /** The server has answered for this one, in a way that leaves open whether it has filed it. */
    public void unclear(int index, TransportError error) {
        outcomes[index] = doubtful(index, error);
    }

    /** Ends all that have no outcome; what is in doubt stays so, whatever the trouble, and waits until the server must have settled. */
    public void end(TransportError error) {
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                outcomes[i] = doubted[i] ? doubtful(i, error) : error.outcome();
            }
        }
    }

    /** What was looked for and is not there: it waits, unless the server itself has said by when it may be sent again. */
    public void missing() {
        for (int index : inDoubt()) {
            if (recalled[index]) {
                reopen(index);
            } else {
                outcomes[index] = doubtful(index, settlement.lost());
            }
        }
    }

    /**
     * What the server says later, of something else, tells nothing of what it was doing when the connection was lost. Nor does another
     * connection that is cut: it says nothing of the mailbox either.
     */
    private Outcome doubtful(int index, TransportError error) {
        if (error.lostConnection()) {
            return doubtful(index, settlement.lost());
        }
        boolean asked = recalled[index] && error.asked();
        Duration settled = settlement.time();
        return new Outcome.Retryable(
                error.passing() ? error.fault() : Fault.UNAVAILABLE,
                asked || error.delay().compareTo(settled) > 0 ? error.delay() : settled,
                true,
                error.detail());
    }

    public List<Outcome> outcomes() {
        return new ArrayList<>(Arrays.asList(outcomes));
    }
}
