package org.chatarchiver.api;

import java.time.Instant;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.Reason;

/**
 * An entry of a channel; never a message's text.
 *
 * @param page null where a poll failed
 * @param position in the page, from 0; null where a poll or a page as a whole failed
 * @param mailbox null where there is none
 * @param rule which mapping rule named the mailbox: MAPPING_FILE, EQUIVALENT_NUMBER or AUTOMATIC; null where there is none
 * @param path of the landed page; empty where there is none
 * @param closed null while it is open
 * @param closedBy an administrator; {@code delivery}, {@code landing} or {@code requeue} where that has closed it
 * @param decision what an administrator has closed it with; null where none has
 * @param reopened what an administrator has taken an earlier decision back with; null where none has
 * @param requeued when it was last requeued; null if it never was
 */
public record EntryView(
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
        Instant closed,
        String closedBy,
        DecisionView decision,
        DecisionView reopened,
        Instant requeued,
        String requeuedBy) {

    /** @param reason in the administrator's words */
    public record DecisionView(Instant at, String by, String reason) {
        static DecisionView of(Decisions.Decision decision) {
            return decision == null ? null : new DecisionView(decision.at(), decision.by(), decision.why());
        }
    }

    public static EntryView of(Channels.Entry entry) {
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
                entry.closed(),
                entry.closedBy(),
                DecisionView.of(entry.decision()),
                DecisionView.of(entry.reopened()),
                entry.requeued(),
                entry.requeuedBy());
    }
}
