package org.chatarchiver.ledger;

/**
 * Why something stays although it is older than it is to be kept.
 *
 * @param hold the id of the hold that covers it; null where it is not a hold
 * @param why one sentence, naming nobody
 */
public record Kept(Long hold, String why) {
    static Kept because(String why) {
        return new Kept(null, why);
    }
}
