package org.chatarchiver.ledger;

/**
 * Something that is not as it should be; null for what does not apply.
 *
 * @param page number of a page, from 1
 * @param position in that page, from 0
 * @param messageId of an e-mail with its angle brackets, or of an element as the source gave it
 * @param sentence what it means, and what to do; no text of a message
 */
public record Difference(
        DifferenceKind kind,
        String run,
        Integer page,
        Long position,
        String mailbox,
        String messageId,
        String sentence) {

    /** Of a run as a whole. */
    public static Difference of(DifferenceKind kind, String run, String sentence) {
        return new Difference(kind, run, null, null, null, null, sentence);
    }

    /** Of a page as a whole. */
    public static Difference of(DifferenceKind kind, Page page, String sentence) {
        return new Difference(kind, page.run(), page.number(), null, null, null, sentence);
    }
}
