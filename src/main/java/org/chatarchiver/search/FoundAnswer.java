package org.chatarchiver.search;

import java.util.List;
import org.chatarchiver.ledger.FoundMessage;

/**
 * What a search has come to.
 *
 * @param lookedFor in which ways the query was understood
 * @param notLookedFor one sentence: what cannot be found by it; null where all can
 * @param messages the latest first
 * @param next behind which place the list goes on; null at its end
 * @param sentence what it means that nothing was found, and what to do; null where something was
 */
public record FoundAnswer(
        List<String> lookedFor, String notLookedFor, List<Message> messages, String next, String sentence) {

    /**
     * @param emailMessageId the Message-ID of its e-mail; null where it is in none, or that cannot be computed
     * @param folder that its e-mails go into; null where nobody knows
     * @param items sentences to the items of the message, in their order
     * @param sentence why it is, or is not, in the mailboxes, and what to do
     */
    public record Message(
            FoundMessage found, String emailMessageId, String folder, List<String> items, String sentence) {}
}
