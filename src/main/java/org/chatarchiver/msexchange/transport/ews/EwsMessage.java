package org.chatarchiver.msexchange.transport.ews;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.msexchange.transport.Text;

/**
 * A response message, a SOAP fault, or an answer that is none of both.
 *
 * @param success whether it was done, for sure
 * @param code such as {@code ErrorServerBusy}; {@code HTTP 503} where the answer is not one of EWS
 * @param text the words for people
 * @param backOff when to come back, as the server says; null: it does not
 * @param folders that were found or made
 * @param messageIds of the items that were found
 * @param items that were found or made
 * @param last whether nothing was found beyond this
 */
record EwsMessage(
        boolean success,
        String code,
        String text,
        Duration backOff,
        List<Folder> folders,
        List<String> messageIds,
        List<Item> items,
        boolean last) {

    /** @param name empty where it was not told */
    record Folder(String id, String name) {}

    /**
     * @param messageId empty where it was not told
     * @param received null where it was not told
     */
    record Item(String id, String messageId, Instant received) {}

    EwsMessage {
        items = List.copyOf(items);
        folders = List.copyOf(folders);
        messageIds = List.copyOf(messageIds);
    }

    /** An HTTP answer without SOAP. */
    static EwsMessage http(int status, String text, Duration backOff) {
        return new EwsMessage(false, "HTTP " + status, text, backOff, List.of(), List.of(), List.of(), true);
    }

    /** For details: the answer as the server gave it, the code first. */
    @Override
    public String toString() {
        return Text.excerpt(text.isEmpty() ? code : code + ": " + text);
    }
}
