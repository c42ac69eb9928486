package org.chatarchiver.ledger;

/**
 * What goes to a channel: which item failed, why, and where its bytes are; never a message's text.
 *
 * @param revision null where a poll or a page as a whole failed
 * @param item null where a poll or a page as a whole failed
 * @param page number of the page that failed as a whole; null otherwise
 * @param owner msisdn of the capture that it is a failure of; empty where there is none
 * @param position of that capture in its page, from 0; null where there is none
 * @param path of the landed page, or of what came for a page and is none; empty where there is neither
 * @param detail one sentence
 */
public record Failure(
        String connector,
        String run,
        Revision revision,
        Item item,
        Integer page,
        String owner,
        Long position,
        Reason reason,
        String detail,
        String path) {

    /** Of an item. */
    public Failure(
            String connector,
            String run,
            Revision revision,
            Item item,
            String owner,
            Long position,
            Reason reason,
            String detail,
            String path) {
        this(connector, run, revision, item, null, owner, position, reason, detail, path);
    }

    /** A poll that ended by an error. */
    public static Failure ofPoll(String connector, String run, Reason reason, String detail) {
        return new Failure(connector, run, null, null, "", null, reason, detail, "");
    }

    /** A landed page that could not be archived to its end, for a reason that nobody has foreseen. */
    public static Failure ofPage(String connector, Page page, String detail) {
        return new Failure(
                connector, page.run(), null, null, page.number(), "", null, Reason.PAGE_FAILED, detail, page.path());
    }

    /** The same, with what was landed of it. */
    public Failure at(String landed) {
        return new Failure(connector, run, revision, item, page, owner, position, reason, detail, landed);
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
        if (item != null) {
            return "item " + item.message() + " " + item.target();
        }
        return page == null ? "run " + run : pageSubject(run, page);
    }

    static String pageSubject(String run, int page) {
        return "page " + run + "/" + page;
    }
}
