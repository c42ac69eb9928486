package org.chatarchiver.archive;

import java.util.List;
import java.util.Optional;
import org.chatarchiver.ledger.Capture;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.message.Message;

/**
 * One message of a page, and what the ledger knows of it: the first of its stages. {@link MappedMessage} comes next.
 *
 * @param fresh whether the revision is met for the first time
 * @param captures whose devices captured it
 * @param items those that the ledger has of this revision; empty for one met for the first time
 * @param failing items of an element that cannot be understood, on their way to a channel
 * @param mended failures from when it could not be understood, which a requeue has resolved
 */
public record KnownMessage(
        PageWork work,
        Revision revision,
        boolean fresh,
        Captures captures,
        List<Item> items,
        List<Item> failing,
        List<Item> mended) {
    KnownMessage with(Captures mapped) {
        return new KnownMessage(work, revision, fresh, mapped, items, failing, mended);
    }

    /** What it is made of; null for an element that cannot be understood. */
    Message message() {
        return captures.message();
    }

    /** An item of this message, counted in the run of the page at hand: no other page's items are at work in it. */
    Item item(String target, ItemState state, String rule, Reason reason, String detail) {
        return new Item(
                revision.id(),
                target,
                work.page().run(),
                work.page().number(),
                state,
                rule,
                reason,
                detail,
                0,
                null,
                null);
    }

    /** One of its items that cannot be sent. */
    Item failing(Item item, Reason reason, String sentence) {
        return item(item.target(), ItemState.FAILING, item.rule(), reason, sentence);
    }

    /** What the channel is told of an item that fails. */
    Failure failure(Item item) {
        Optional<Capture> capture = captures.maker(item);
        return new Failure(
                work.connector().id(),
                item.run(),
                revision,
                item,
                capture.map(Capture::msisdn).orElse(revision.owner()),
                capture.map(Capture::position).orElse(revision.position()),
                item.reason(),
                item.detail() == null ? "" : item.detail(),
                work.page().path());
    }
}
