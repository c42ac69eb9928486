package org.chatarchiver.ledger;

/**
 * What goes to a channel: which item failed, why, and where its bytes are; never a message's text.
 *
 * @param revision null where a poll failed
 * @param item null where a poll failed
 * @param owner msisdn of the capture that it is a failure of; empty where a poll failed
 * @param position of that capture in its page, from 0; null where a poll failed
 * @param path of the landed page, or of what came for a page and is none; empty where there is neither
 * @param detail one sentence
 */
public record Failure(
        String connector,
        String run,
        Revision revision,
        Item item,
        String owner,
        Long position,
        Reason reason,
        String detail,
        String path) {

    /** A poll that ended by an error. */
    public static Failure ofPoll(String connector, String run, Reason reason, String detail) {
        return new Failure(connector, run, null, null, "", null, reason, detail, "");
    }

    /** The same, with what was landed of it. */
    public Failure at(String landed) {
        return new Failure(connector, run, revision, item, owner, position, reason, detail, landed);
    }

    /** Its item, as it counts from now on. */
    Item asFailed() {
        return item.failed(reason);
    }

    public Channel channel() {
        return reason.channel();
    }

    /** What makes a second entry for the same thing the same entry. */
    String subject() {
        return item == null ? "run " + run : "item " + item.message() + " " + item.target();
    }
}
