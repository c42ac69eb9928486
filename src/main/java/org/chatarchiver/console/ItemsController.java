package org.chatarchiver.console;

import org.chatarchiver.ledger.Waiting;
import org.chatarchiver.message.Printable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Items that are not delivered yet: which, why, and until when they wait. */
@RestController
class ItemsController {
    static final String WAITING = "waiting";

    private final Waiting waiting;

    ItemsController(Waiting waiting) {
        this.waiting = waiting;
    }

    /** What is due first comes first. */
    @GetMapping("/api/items")
    Listing<ItemView> list(
            @RequestParam(defaultValue = WAITING) String state,
            @RequestParam(defaultValue = "") String mailbox,
            @RequestParam(defaultValue = "") String messageId,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "") String after) {
        if (!state.equals(WAITING)) {
            throw Refusal.badRequest("The parameter state is " + Printable.quoted(state) + "; it must be " + WAITING
                    + ". What failed is in GET /api/channels.");
        }
        if (!Waiting.isPlace(after)) {
            throw Refusal.badRequest("The parameter after is " + Printable.quoted(after)
                    + "; give what stands under next in the part of the list before.");
        }
        return Listing.of(
                waiting.list(mailbox, messageId, Listing.rows(limit), after),
                limit,
                ItemView::of,
                Waiting.Entry::place);
    }
}
