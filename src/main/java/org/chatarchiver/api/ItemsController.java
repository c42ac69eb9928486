package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.util.Set;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ItemEntry;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.MessageItems;
import org.chatarchiver.ledger.Waiting;
import org.chatarchiver.message.Printable;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.mime.MessageIds;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Items that are not delivered yet: which, why, and until when they wait. And what became of one message, wherever it went. */
@RestController
class ItemsController {
    private final Waiting waiting;
    private final MessageItems ofMessage;
    private final Connectors connectors;
    private final MessageIds ids;

    ItemsController(Waiting waiting, MessageItems ofMessage, Connectors connectors, ChatMime mime) {
        this.waiting = waiting;
        this.ofMessage = ofMessage;
        this.connectors = connectors;
        this.ids = mime.ids();
    }

    /** Of what waits, that which is due first comes first; the items of a message come by connector, revision and mailbox. */
    @Operation(summary = "Items that wait, or what became of one message")
    @GetMapping("/api/items")
    Listing<ItemView> list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String mailbox,
            @RequestParam(defaultValue = "") String messageId,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "") String after) {
        Set<ItemState> states = ItemQuery.states(state, messageId);
        boolean onlyWaiting = states.equals(Set.of(ItemState.RETRY));
        if (!(onlyWaiting ? Waiting.isPlace(after) : MessageItems.isPlace(after))) {
            throw Refusal.badRequest("The parameter after is " + Printable.quoted(after)
                    + "; give what stands under next in the part of the list before.");
        }
        int rows = Listing.rows(limit);
        return onlyWaiting
                ? Listing.of(waiting.list(mailbox, messageId, rows, after), limit, this::view, Waiting::place)
                : Listing.of(
                        ofMessage.list(messageId, mailbox, states, rows, after),
                        limit,
                        this::view,
                        MessageItems::place);
    }

    private ItemView view(ItemEntry entry) {
        return ItemView.of(
                entry, connectors.find(entry.connector()).map(Connector::folder).orElse(null), ids);
    }
}
