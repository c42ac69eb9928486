package org.chatarchiver.ledger;

/**
 * What goes to a channel: which item failed, why, and where its bytes are; never a message's text.
 *
 * @param revision null where a poll failed
 * @param item null where a poll failed
 * @param path of the landed page, or of what came for a page and is none; empty where there is neither
 * @param detail one sentence
 */
public record Failure(
        String connector, String run, Revision revision, Item item, Reason reason, String detail, String path) {

    /** A poll that ended by an error. */
    public static Failure ofPoll(String connector, String run, Reason reason, String detail) {
        return new Failure(connector, run, null, null, reason, detail, "");
    }

    /** The same, with what was landed of it. */
    public Failure at(String landed) {
        return new Failure(connector, run, revision, item, reason, detail, landed);
    }

    public Channel channel() {
        return reason.channel();
    }

    /** What makes a second entry for the same thing the same entry. */
    String subject() {
        return item == null ? "run " + run : "item " + item.message() + " " + item.target();
    }
}
