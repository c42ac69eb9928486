package org.chatarchiver.mapping;

import org.chatarchiver.ledger.Reason;

/**
 * A participant who should have a mailbox and has none: one failure of the message.
 *
 * @param participant as the source gave it; empty where the owner cannot be determined
 * @param owner whether it is the owner
 * @param reason one of the channel {@code unmapped}
 * @param sentence for the channel entry: printable, without message text
 */
public record Unmapped(String participant, boolean owner, Reason reason, String sentence) {}
