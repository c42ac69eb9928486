package org.chatarchiver.verify;

import static org.chatarchiver.ledger.DifferenceKind.MAILBOX_UNREACHABLE;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.chatarchiver.delivery.FaultReasons;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.message.Printable;
import org.chatarchiver.msexchange.transport.Fault;

/** Something that is asked of a mailbox until it has answered, or it is clear that it does not. Not for several threads. */
public abstract sealed class MailboxQuestion permits ItemSearch, FolderListing {
    private static final int TRIES = 4;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Others say of the mailbox what they will say in some seconds, too. */
    private static final Set<Fault> PASSING = EnumSet.of(Fault.THROTTLED, Fault.UNAVAILABLE, Fault.LOST, Fault.BUSY);

    private final Verification verification;
    private final String mailbox;
    private Duration pause = Duration.ZERO;
    private int tries;
    private boolean answered;

    MailboxQuestion(Verification verification, String mailbox) {
        this.verification = verification;
        this.mailbox = mailbox;
    }

    /** Whether there is still something to ask. */
    public boolean isOpen() {
        return !answered && !verification.isUnreachable(mailbox);
    }

    /** Before it asks, in milliseconds. */
    public long getPause() {
        return pause.toMillis();
    }

    Verification verification() {
        return verification;
    }

    String mailbox() {
        return mailbox;
    }

    /** All of it. */
    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /** A part of it. */
    void goesOn() {
        pause = Duration.ZERO;
        tries = 0;
    }

    /** It is asked again, or the mailbox counts as one that cannot be searched. */
    void unclear(Fault fault, Duration delay, String detail) {
        pause = delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
        tries++;
        if (tries >= TRIES || !PASSING.contains(fault) || pause.compareTo(LONGEST) > 0) {
            verification.unreachable(
                    mailbox,
                    new Difference(
                            MAILBOX_UNREACHABLE,
                            verification.run().id(),
                            null,
                            null,
                            mailbox,
                            null,
                            "The mailbox could not be searched (" + FaultReasons.reason(fault)
                                    + "), so that nothing is said of its e-mails; mend that, and verify again. The answer was: "
                                    + Printable.of(Objects.requireNonNullElse(detail, ""))));
        }
    }
}
