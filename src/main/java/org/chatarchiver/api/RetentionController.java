package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.chatarchiver.retention.RetentionPlan;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is removed when, what stays and why, and what has gone. */
@RestController
class RetentionController {
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9_-]{2,64}/[0-9]{1,9}");

    private final RetentionPlan plan;

    RetentionController(RetentionPlan plan) {
        this.plan = plan;
    }

    /**
     * @param landing how long a page stays in the landing zone, ISO 8601
     * @param before pages that landed before it go now, but for those that something keeps
     * @param pagesRemoved from the landing zone so far
     * @param messagesRemoved in them
     * @param bytesRemoved of them, plain
     * @param lastRemoved when the last one went; null where none has
     * @param ledger how long what the ledger tells of a page stays once the page is gone, ISO 8601; null where that stays for ever
     * @param detailsWaiting pages that are gone, and of which the ledger still tells
     * @param detailsGo when the next of these details go, but for those that something keeps; null where none do
     * @param detailsRemoved pages of which they are gone
     * @param entriesRemoved closed entries of channels that went with them, or lost owner and sentence
     */
    record PeriodView(
            String connector,
            String landing,
            Instant before,
            long pagesRemoved,
            long messagesRemoved,
            long bytesRemoved,
            Instant lastRemoved,
            String ledger,
            long detailsWaiting,
            Instant detailsGo,
            long detailsRemoved,
            long entriesRemoved) {
        static PeriodView of(RetentionPlan.Connector connector) {
            return new PeriodView(
                    connector.period().id(),
                    connector.period().landing().toString(),
                    connector.before(),
                    connector.removed().pages(),
                    connector.removed().messages(),
                    connector.removed().bytes(),
                    connector.removed().last(),
                    Objects.toString(connector.period().ledger(), null),
                    connector.details().waiting(),
                    connector.detailsGo(),
                    connector.details().pages(),
                    connector.details().entries());
        }
    }

    /**
     * @param path in the landing zone
     * @param goes when it is as old as it is to be kept; it goes within some hours then
     * @param kept why it does not, as things stand, one sentence; null where nothing keeps it
     * @param hold the id of the hold that keeps it; null where none does
     */
    record PlannedView(
            String run,
            int page,
            String path,
            String sha256,
            long messages,
            Instant landed,
            Instant goes,
            String kept,
            Long hold) {
        static PlannedView of(RetentionPlan.Planned planned) {
            return new PlannedView(
                    planned.page().run(),
                    planned.page().number(),
                    planned.page().path(),
                    planned.page().sha256(),
                    planned.page().messages(),
                    planned.page().landed(),
                    planned.goes(),
                    planned.kept() == null ? null : planned.kept().why(),
                    planned.kept() == null ? null : planned.kept().hold());
        }
    }

    /** What is of a connector that is not listed stays for ever. */
    @Operation(summary = "How long what has landed is kept, by connector, and what was removed so far")
    @GetMapping("/api/retention")
    Listing<PeriodView> periods() {
        return new Listing<>(plan.connectors().stream().map(PeriodView::of).toList(), null);
    }

    /** Those that are in the landing zone, oldest run first. */
    @Operation(summary = "The landed pages of a connector, each with when it goes, or why it stays")
    @GetMapping("/api/retention/pages")
    Listing<PlannedView> pages(
            @RequestParam String connector,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "") String after) {
        if (!plan.has(connector)) {
            throw Refusal.badRequest("What is of the connector '" + Printable.of(connector)
                    + "' stays for ever; archiver.retention.connectors does not name it.");
        }
        Optional<String> place = Optional.of(after).filter(text -> !text.isEmpty());
        if (place.isPresent() && !PLACE.matcher(after).matches()) {
            throw Refusal.badRequest(
                    "The parameter after is " + Printable.quoted(after) + "; give the next of the list before.");
        }
        int slash = after.indexOf('/');
        return Listing.of(
                plan.pages(
                        connector,
                        Listing.rows(limit),
                        place.map(text -> text.substring(0, slash)).orElse(""),
                        place.map(text -> Integer.parseInt(text.substring(slash + 1)))
                                .orElse(0)),
                limit,
                PlannedView::of,
                RetentionPlan.Planned::place);
    }
}
