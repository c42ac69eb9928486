package org.chatarchiver.archive;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.delivery.OutageException;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.mapping.MailboxAnswer;
import org.chatarchiver.mapping.MailboxAnswers;
import org.chatarchiver.mapping.MailboxDirectory;

/**
 * The mailboxes that are looked for on behalf of one message: mapped with what is known, again and again, until nothing is left that the
 * destination must be asked for first. What it was told counts to its end, so that it ends. For one thread at a time.
 */
public final class MailboxSearch implements MailboxDirectory {
    /** Until it is asked for, a mailbox is like one in trouble; what comes of this is never given out. */
    private static final MailboxAnswer NOT_ASKED =
            new MailboxAnswer.Troubled(Reason.DESTINATION_UNAVAILABLE, true, Duration.ZERO, "It is not asked for yet.");

    private final KnownMessage message;
    private final Mailboxes mailboxes;
    private final MailboxAnswers answers;
    private final Map<String, MailboxAnswer> told = new HashMap<>();
    private final Deque<String> unknown = new ArrayDeque<>();
    private MappedMessage mapped;
    private boolean asking;

    MailboxSearch(KnownMessage message, Mailboxes mailboxes, MailboxAnswers answers) {
        this.message = message;
        this.mailboxes = mailboxes;
        this.answers = answers;
        map();
    }

    private void map() {
        mapped = mailboxes.map(message, this);
    }

    /** Whether the destination has to be asked, or somebody else's answer to be waited for. */
    boolean isOpen() {
        return !unknown.isEmpty();
    }

    /** The mailbox that is asked for next, a lower-case address. */
    String mailbox() {
        return unknown.element();
    }

    /** Whether the next mailbox is to be asked for here; where somebody else does, waits for that answer and takes it. */
    boolean asks() {
        String mailbox = mailbox();
        answers.await(mailbox).ifPresentOrElse(answer -> told.put(mailbox, answer), () -> asking = true);
        return asking;
    }

    /** What the destination says of the next mailbox. */
    void learn(MailboxAnswer answer) {
        told.put(mailbox(), answer);
        asking = false;
        answers.learn(mailbox(), answer);
    }

    /** Others must not wait for an answer that does not come. */
    void end() {
        if (asking) {
            asking = false;
            answers.giveUp(mailbox());
        }
    }

    /**
     * On to the next mailbox, or with what is known now.
     *
     * @throws OutageException if the destination as a whole cannot say now which mailboxes exist
     */
    void goOn() {
        boolean outage = told.get(unknown.remove()) instanceof MailboxAnswer.Outage;
        if (outage) {
            unknown.clear();
        }
        if (unknown.isEmpty()) {
            map();
        }
    }

    MappedMessage mapped() {
        return mapped;
    }

    @Override
    public MailboxAnswer lookup(String mailbox) {
        MailboxAnswer existence = told.get(mailbox);
        if (existence != null) {
            return existence;
        }
        Optional<MailboxAnswer> known = answers.known(mailbox);
        known.ifPresent(answer -> told.put(mailbox, answer));
        return known.orElseGet(() -> unknown(mailbox));
    }

    @Override
    public MailboxAnswer lookupAgain(String mailbox) {
        MailboxAnswer existence = told.get(mailbox);
        if (existence != null) {
            return existence;
        }
        answers.invalidate(mailbox);
        return unknown(mailbox);
    }

    private MailboxAnswer unknown(String mailbox) {
        if (!unknown.contains(mailbox)) {
            unknown.add(mailbox);
        }
        return NOT_ASKED;
    }
}
