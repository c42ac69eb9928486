package org.chatarchiver.ledger;

import java.util.UUID;

/**
 * A revision as the device of one more owner captured it. The first capture stands with the revision itself.
 *
 * @param owner in the form in which owners are compared, {@linkplain Revision#ownerKey(String) storable}; empty where unknown
 * @param msisdn as the source gave it, cut behind 1,000 characters, or empty
 * @param run that met it first, in this page and at this position
 * @param target of the item that its owner came to; null before it is mapped
 * @param added whether that item is this capture's doing; else it was there already
 */
public record Capture(
        UUID message, String owner, String msisdn, String run, int page, long position, String target, boolean added) {

    public static Capture of(UUID message, String owner, String msisdn, Page page, long position) {
        return new Capture(message, owner, Revision.owner(msisdn), page.run(), page.number(), position, null, false);
    }

    /** Its owner has been mapped. */
    public Capture mapped(String item, boolean fresh) {
        return new Capture(message, owner, msisdn, run, page, position, item, fresh);
    }

    public boolean isOf(Page other) {
        return run.equals(other.run()) && page == other.number();
    }
}
