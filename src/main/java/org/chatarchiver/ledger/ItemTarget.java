package org.chatarchiver.ledger;

/**
 * Whom an item is for, in the form in which the ledger's keys hold it: a mailbox by its address, or {@code !} and a participant who has
 * none. It is a part of the key and no column beside it, since one who is named like a mailbox has an item beside that mailbox's, as
 * while a requeue puts the one in the place of the other.
 */
public final class ItemTarget {
    /** Where it is the condition of a query. */
    static final String IS_MAILBOX = "target not like '!%'";

    private static final String NO_MAILBOX = "!";
    /** Stands before an address that begins with that mark itself; none begins with a blank. */
    private static final String ADDRESS = " ";

    private static final int LONGEST = 1000;

    private ItemTarget() {}

    /** @param address as it will be sent to */
    public static String mailbox(String address) {
        return address.startsWith(NO_MAILBOX) ? ADDRESS + address : address;
    }

    /** @param participant as the source gave it; of a long one the beginning and a digest are kept */
    public static String participant(String participant) {
        return Sql.key(NO_MAILBOX + participant, LONGEST);
    }

    /**
     * The participant without a mailbox, as far as the key has kept him.
     *
     * @param target no mailbox
     */
    public static String participantOf(String target) {
        return target.substring(NO_MAILBOX.length());
    }

    static boolean isMailbox(String target) {
        return !target.startsWith(NO_MAILBOX);
    }

    /** The address of a mailbox; null where there is none. */
    static String address(String target) {
        if (target == null || !isMailbox(target)) {
            return null;
        }
        return target.startsWith(ADDRESS) ? target.substring(ADDRESS.length()) : target;
    }
}
