package org.chatarchiver.mapping;

import java.time.Duration;
import org.chatarchiver.ledger.Reason;

/** What the destination says about a mailbox. Only the first two are definite; the others are never a reason to try the next rule. */
public sealed interface MailboxAnswer {

    /** The mailbox is there and can be delivered to. */
    record Present() implements MailboxAnswer {}

    /** The destination says definitely that there is no such mailbox. */
    record Missing() implements MailboxAnswer {}

    /**
     * The destination as a whole cannot be asked, or refuses our credentials.
     *
     * @param why one sentence for health and logs
     */
    record Outage(String why) implements MailboxAnswer {}

    /**
     * It could not be told of this mailbox: throttled, no permission, timed out, an ambiguous refusal.
     *
     * @param reason what the message's participant waits for, and fails with in the end
     * @param undecided whether it may be an outage as well: such a wait is never ended as a failure
     * @param delay when to ask again at the earliest
     * @param why one sentence, without message text
     */
    record Troubled(Reason reason, boolean undecided, Duration delay, String why) implements MailboxAnswer {}
}
