package org.chatarchiver.mapping;

import org.chatarchiver.ledger.Reason;

/**
 * A participant who got nothing since the address that the source carries could not be used. No failure: nothing else says that the
 * participant is of the organisation.
 *
 * @param participant as the source gave it
 * @param person the key that all ids of this person have
 * @param reason as of a failure
 * @param sentence printable, without message text
 */
public record Unserved(String participant, String person, Reason reason, String sentence) {}
