package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import org.chatarchiver.message.Printable;
import org.chatarchiver.search.Search;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** All that is known of messages, and why they are, or are not, in the mailboxes. */
@RestController
class SearchController {
    private final Search search;

    SearchController(Search search) {
        this.search = search;
    }

    /** By message id, number in any writing, mailbox or the Message-ID of an e-mail; the latest first. Never a message's text. */
    @Operation(summary = "Why a message is, or is not, in the mailboxes: by message id, number, mailbox or Message-ID")
    @GetMapping("/api/search")
    SearchView search(
            @RequestParam String q,
            @RequestParam(defaultValue = "20") @Limit int limit,
            @RequestParam(defaultValue = "") String after) {
        String query = q.strip();
        if (query.isEmpty() || query.length() > Search.LONGEST) {
            throw Refusal.badRequest("The parameter q has " + query.length() + " characters; give 1 to "
                    + Search.LONGEST + ": a message id, a number, a mailbox or a Message-ID.");
        }
        if (!Search.isPlace(after)) {
            throw Refusal.badRequest("The parameter after is " + Printable.quoted(after)
                    + "; give what stands under next in the part of the list before.");
        }
        return SearchView.of(query, search.find(query, limit, after));
    }
}
