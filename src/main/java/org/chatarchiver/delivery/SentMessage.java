package org.chatarchiver.delivery;

import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Reason;

/** The message that an e-mail was made of, as far as the outcome of its delivery asks for it. */
public interface SentMessage {

    /** Id of the connector. */
    String connector();

    /** Why an item that is delivered counts as partially imported; null if it is whole. */
    Reason partial();

    /**
     * An item of it that was refused, or tried for too long.
     *
     * @param sentence fit for the error channel
     */
    Failure failure(Item item, Reason reason, String sentence);
}
