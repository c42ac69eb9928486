package org.chatarchiver.mapping;

import java.time.Duration;
import org.chatarchiver.ledger.Reason;

/**
 * A participant for whom the destination could not tell now whether the mailbox exists: to be mapped again later.
 *
 * @param participant as the source gave it
 * @param reason one of the channel {@code undeliverable}, for when this never ends
 * @param undecided whether it may be an outage as well: such a wait is never ended as a failure
 * @param delay when to try again at the earliest
 * @param sentence printable, without message text
 */
public record Postponed(String participant, Reason reason, boolean undecided, Duration delay, String sentence) {}
