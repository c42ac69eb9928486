package org.chatarchiver.api;

import java.time.Instant;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;

/**
 * An entry of a channel; never a message's text.
 *
 * @param page null where a poll failed
 * @param position in the page, from 0; null where a poll failed
 * @param mailbox null where there is none
 * @param rule which mapping rule named the mailbox: MAPPING_FILE, EQUIVALENT_NUMBER or AUTOMATIC; null where there is none
 * @param path of the landed page; empty where there is none
 * @param requeued when it was last requeued; null if it never was
 */
record EntryView(
        long id,
        String channel,
        String connector,
        String run,
        Integer page,
        Long position,
        String messageId,
        String owner,
        String mailbox,
        String rule,
        Reason reason,
        String detail,
        String path,
        Instant opened,
        Instant requeued,
        String requeuedBy) {

    static EntryView of(Channels.Entry entry) {
        return new EntryView(
                entry.id(),
                entry.channel().id(),
                entry.connector(),
                entry.run(),
                entry.page(),
                entry.position(),
                entry.messageId(),
                entry.owner(),
                entry.mailbox(),
                entry.rule(),
                entry.reason(),
                entry.detail(),
                entry.path(),
                entry.opened(),
                entry.requeued(),
                entry.requeuedBy());
    }
}
