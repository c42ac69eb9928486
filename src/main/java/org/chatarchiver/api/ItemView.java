package org.chatarchiver.api;

import java.time.Instant;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemEntry;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.mime.MessageIds;

/**
 * An item that waits or is delivered; never a message's text.
 *
 * @param state waiting, imported or partiallyImported
 * @param position in the page, from 0
 * @param messageId the source's
 * @param revision from 0
 * @param mailbox null where none is found yet
 * @param folder of the connector as it is now; null where that is not running
 * @param emailMessageId the Message-ID of the e-mail, with its angle brackets; null where the source's id has a character that the ledger
 *     cannot keep, so that it cannot be computed
 * @param rule which mapping rule named the mailbox: MAPPING_FILE, EQUIVALENT_NUMBER or AUTOMATIC; null where none is found yet
 * @param reason why it waits or is only partially imported; null where it was only asked for again, and for what is imported
 * @param attempts so far
 * @param since first try; null before it
 * @param until next try, at the earliest; null for what is delivered
 * @param delivered when it was delivered; null for what waits
 */
record ItemView(
        String state,
        String connector,
        String run,
        int page,
        long position,
        String messageId,
        int revision,
        String owner,
        String mailbox,
        String folder,
        String emailMessageId,
        String rule,
        Reason reason,
        String detail,
        int attempts,
        Instant since,
        Instant until,
        Instant delivered) {
    private static final char LOST = '\uFFFD';

    static ItemView of(ItemEntry entry, String folder, MessageIds ids) {
        Item item = entry.item();
        return new ItemView(
                ItemQuery.name(item.state()),
                entry.connector(),
                item.run(),
                item.page(),
                entry.position(),
                entry.sourceId(),
                entry.revision(),
                entry.owner(),
                item.mailbox(),
                folder,
                emailMessageId(entry, ids),
                item.rule(),
                item.reason(),
                item.detail(),
                item.attempts(),
                item.firstTry(),
                item.retryAt(),
                item.state() == ItemState.RETRY ? null : entry.updated());
    }

    private static String emailMessageId(ItemEntry entry, MessageIds ids) {
        return entry.sourceId().indexOf(LOST) >= 0
                ? null
                : ids.messageId(entry.connector(), entry.sourceId(), entry.revision() == 0 ? "" : entry.digest());
    }
}
