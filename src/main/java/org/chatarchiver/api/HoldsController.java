package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Holds;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;
import org.chatarchiver.retention.Holding;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Holds: what retention leaves alone because an administrator has said so. */
@RestController
class HoldsController {
    private final Holds holds;
    private final Holding holding;
    private final Connectors connectors;
    private final KnownConnectors known;
    private final Runs runs;

    HoldsController(Holds holds, Holding holding, Connectors connectors, KnownConnectors known, Runs runs) {
        this.holds = holds;
        this.holding = holding;
        this.connectors = connectors;
        this.known = known;
        this.runs = runs;
    }

    /**
     * On one of the three.
     *
     * @param connector its id
     * @param person a number in any writing, or another user id: covers what he owns and what he takes part in, in every connector
     * @param run its id
     * @param reason why, for whoever comes upon it later
     */
    record HoldWish(String connector, String person, String run, String reason) {}

    /** @param reason why it is no longer needed */
    record LiftWish(String reason) {}

    /**
     * @param kind {@code CONNECTOR}, {@code PERSON} or {@code RUN}
     * @param subject the id, or the person as given
     * @param lifted null while it is in force
     */
    record HoldView(
            long id,
            Hold.Kind kind,
            String subject,
            String reason,
            String by,
            Instant at,
            Instant lifted,
            String liftedBy,
            String liftedReason) {
        static HoldView of(Hold hold) {
            Hold.Lifting lifting = hold.lifting();
            return new HoldView(
                    hold.id(),
                    hold.kind(),
                    hold.subject(),
                    hold.reason(),
                    hold.by(),
                    hold.at(),
                    lifting == null ? null : lifting.at(),
                    lifting == null ? null : lifting.by(),
                    lifting == null ? null : lifting.why());
        }
    }

    /** Oldest first. */
    @Operation(summary = "The holds that are in force, or those that were lifted")
    @GetMapping("/api/holds")
    Listing<HoldView> list(
            @RequestParam(defaultValue = "false") boolean lifted,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "0") long after) {
        return Listing.of(holds.list(lifted, Listing.rows(limit), after), limit, HoldView::of, Hold::id);
    }

    /** In force at once. Another one on the same stands beside the first, and each is lifted by itself. */
    @Operation(summary = "Has retention leave alone what a connector, a person or a run is concerned in")
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/holds")
    HoldView hold(@RequestBody HoldWish wish, Principal administrator) {
        String reason = PlainReason.of(wish.reason(), Holds.LONGEST_REASON, "why it is held");
        long subjects = Stream.of(wish.connector(), wish.person(), wish.run())
                .filter(Objects::nonNull)
                .count();
        if (subjects != 1) {
            throw Refusal.badRequest("The hold names " + subjects
                    + " subjects; give one of the fields connector, person and run. Each hold is lifted by itself.");
        }
        Hold.Kind kind = wish.connector() != null
                ? Hold.Kind.CONNECTOR
                : wish.person() != null ? Hold.Kind.PERSON : Hold.Kind.RUN;
        return HoldView.of(holding.set(kind, subject(wish), administrator.getName(), reason));
    }

    /** Retention takes up again what no other hold covers. The hold, and why it was lifted, stay in the ledger. */
    @Operation(summary = "Lifts a hold")
    @PostMapping("/api/holds/{id}/lift")
    HoldView lift(@PathVariable long id, @RequestBody(required = false) LiftWish wish, Principal administrator) {
        String reason = PlainReason.of(
                wish == null ? null : wish.reason(), Holds.LONGEST_REASON, "why the hold is no longer needed");
        return holding.lift(id, administrator.getName(), reason)
                .map(HoldView::of)
                .orElseThrow(() -> Refusal.notFound("There is no hold " + id + "; GET /api/holds lists them."));
    }

    private String subject(HoldWish wish) {
        if (wish.connector() != null) {
            if (connectors.find(wish.connector()).isEmpty()
                    && known.find(wish.connector()).isEmpty()) {
                throw Refusal.badRequest("There is no connector '" + Printable.of(wish.connector())
                        + "', and was none; GET /api/connectors lists them.");
            }
            return wish.connector();
        }
        if (wish.run() != null) {
            if (runs.find(wish.run()).isEmpty()) {
                throw Refusal.badRequest("There is no run '" + Printable.of(wish.run())
                        + "'; GET /api/connectors/{id}/runs lists them.");
            }
            return wish.run();
        }
        return person(wish.person());
    }

    private static String person(String given) {
        if (PartyIds.isNobody(given)
                || given.length() > Holds.LONGEST_SUBJECT
                || Arrays.stream(given.split("\0|\n|\r", -1)).count() > 1) {
            throw Refusal.badRequest("The field person is " + Printable.quoted(given)
                    + "; give a number in any writing, or a user id as the source has it, in at most "
                    + Holds.LONGEST_SUBJECT + " characters. Rooms and groups are nobody.");
        }
        return given;
    }
}
