package org.chatarchiver.archive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Message;

/**
 * A message whose mailboxes are known. {@link FittedMessage} comes next, unless nothing of it is sent: then it is as prepared as it will be.
 *
 * @param message as it will be sent, so far: landed bytes come into it, and what is refused is left out; null where it is not understood
 */
public record MappedMessage(KnownMessage known, Message message, MappedItems items) implements PreparedMessage {
    MappedMessage(KnownMessage known, MappedItems items) {
        this(known, known.message(), items);
    }

    @Override
    public MappedMessage mapped() {
        return this;
    }

    MappedMessage with(Message other) {
        return new MappedMessage(known, other, items);
    }

    /** Everything that was to be sent fails alike. */
    MappedMessage failed(Reason reason, String sentence) {
        List<Item> fail = items.send().stream()
                .map(item -> known.failing(item, reason, sentence))
                .toList();
        return new MappedMessage(known, message, items.unsent(fail, List.of()));
    }

    /**
     * Everything that was to be sent in its wait, where it has not been tried for too long; a dry run waits for nothing.
     *
     * @param asked what the destination or the feed asked for; zero where it did not say
     */
    MappedMessage later(RetrySchedule retrySchedule, Reason reason, Duration asked, String sentence) {
        List<Item> fail = new ArrayList<>();
        List<MappedItems.Waiting> wait = new ArrayList<>();
        for (Item item : items.send()) {
            if (work().run().dry() || retrySchedule.isOver(item)) {
                fail.add(known.failing(item, reason, sentence));
            } else {
                wait.add(new MappedItems.Waiting(retrySchedule.later(item, reason, asked, sentence), true));
            }
        }
        return new MappedMessage(known, message, items.unsent(fail, wait));
    }

    PageWork work() {
        return known.work();
    }

    /** Whether there is an e-mail to be made. */
    boolean sends() {
        return !items.send().isEmpty();
    }

    /** Whether attachments must be fetched from the landing zone or the feed before there can be an e-mail. */
    boolean remote() {
        return sends()
                && message.attachments().stream()
                        .anyMatch(attachment -> attachment.content() instanceof Content.Remote);
    }
}
