package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.chatarchiver.coverage.UnmetRows;
import org.chatarchiver.ledger.CaptureDays;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.UnmappedPeople;
import org.chatarchiver.mapping.MappingFile;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who is archived, and who is not. What is told is half a minute or so behind the archiving. */
@RestController
class CoverageController {
    static final int LONGEST_SILENCE = 3_650;

    private final UnmappedPeople people;
    private final CaptureDays captures;
    private final UnmetRows unmet;
    private final PartyIds ids;

    CoverageController(UnmappedPeople people, CaptureDays captures, UnmetRows unmet, PartyIds ids) {
        this.people = people;
        this.captures = captures;
        this.unmet = unmet;
        this.ids = ids;
    }

    /**
     * A person who maps to nothing.
     *
     * @param participant as the source gave it; empty where it did not say who the owner is
     * @param mailbox that is not there, where nothing but that is known; else null
     * @param owner whether messages of the person's own device are among them
     * @param reason of the last entry
     * @param entries how many are open in the channel
     */
    public record PersonView(
            String connector,
            String participant,
            String mailbox,
            boolean owner,
            Reason reason,
            long entries,
            Instant first,
            Instant last) {
        public static PersonView of(UnmappedPeople.Person person) {
            return new PersonView(
                    person.connector(),
                    person.participant(),
                    person.mailbox(),
                    person.owner(),
                    person.reason(),
                    person.entries(),
                    person.first(),
                    person.last());
        }
    }

    /** @param id in the form in which it is compared */
    public record RowView(long line, String id, String mailbox, LocalDate from, LocalDate to) {
        public static RowView of(MappingFile.PlacedRow row) {
            return new RowView(row.line(), row.id(), row.mailbox(), row.from(), row.to());
        }
    }

    /** @param owner as the source once gave it; empty where it is not known who it is */
    public record SilentView(String connector, String owner, LocalDate first, LocalDate last, long captures) {
        public static SilentView of(CaptureDays.Owner owner) {
            return new SilentView(owner.connector(), owner.shown(), owner.first(), owner.last(), owner.captures());
        }
    }

    /** @param day of the messages, in UTC */
    public record DayView(LocalDate day, String connector, String owner, long captures) {
        public static DayView of(CaptureDays.Day day) {
            return new DayView(day.day(), day.connector(), day.shown(), day.captures());
        }
    }

    /** By connector. Owners, and participants who stand in a mapping file, with open entries in the channel {@code unmapped}. */
    @Operation(summary = "People of the organisation who map to nothing, each with how many entries are open")
    @GetMapping("/api/coverage/unmapped")
    Listing<PersonView> unmapped(
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "") String after) {
        check(UnmappedPeople.isPlace(after), after);
        return Listing.of(
                people.list(connector, after, Listing.rows(limit)),
                limit,
                PersonView::of,
                UnmappedPeople.Person::place);
    }

    /** In the order of the file. An answer may have no items and go on: it has looked at many rows then, all of which were met. */
    @Operation(summary = "Rows of a connector's mapping file that no message has met")
    @GetMapping("/api/coverage/mapping")
    Listing<RowView> mapping(
            @RequestParam String connector,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "0") long after) {
        UnmetRows.Part part = unmet.list(connector, after, limit)
                .orElseThrow(() -> Refusal.badRequest("There is no mapping file in use of a connector '"
                        + Printable.of(connector) + "'; GET /api/connectors lists them."));
        return new Listing<>(
                part.rows().stream().map(RowView::of).toList(),
                part.next() == null ? null : part.next().toString());
    }

    /** The last to fall silent come first. Held against the last day on which anything of the connector was captured. */
    @Operation(
            summary =
                    "Owners of whom nothing was captured for so many days, though of others of the connector something was")
    @GetMapping("/api/coverage/silent")
    Listing<SilentView> silent(
            @RequestParam String connector,
            @RequestParam(defaultValue = "7") int days,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "") String after) {
        checkDays(days);
        check(CaptureDays.isOwner(after), after);
        return Listing.of(
                captures.silent(connector, days, after, Listing.rows(limit)),
                limit,
                SilentView::of,
                CaptureDays.Owner::place);
    }

    /** By day, connector and owner; of what was archived since the ledger counts it. */
    @Operation(summary = "How many messages were captured of each owner on each day")
    @GetMapping("/api/coverage/captures")
    Listing<DayView> captures(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "") String after) {
        check(CaptureDays.isDay(after), after);
        return Listing.of(
                captures.days(from(from), to(to), connector, key(owner), after, Listing.rows(limit)),
                limit,
                DayView::of,
                CaptureDays.Day::place);
    }

    /** What an owner is compared by, in whatever writing; null for none. */
    String key(String owner) {
        return owner.isEmpty() ? null : Revision.ownerKey(ids.received(owner).key());
    }

    static LocalDate from(String day) {
        return day(day, "from", LocalDate.of(1990, 1, 1));
    }

    static LocalDate to(String day) {
        return day(day, "to", LocalDate.of(9999, 1, 1));
    }

    static void checkDays(int days) {
        if (days < 1 || days > LONGEST_SILENCE) {
            throw Refusal.badRequest(
                    "The parameter days is " + days + "; give a number from 1 to " + LONGEST_SILENCE + ".");
        }
    }

    private static LocalDate day(String given, String name, LocalDate none) {
        try {
            return given.isEmpty() ? none : LocalDate.parse(given);
        } catch (DateTimeException e) {
            throw Refusal.badRequest("The parameter " + name + " is " + Printable.quoted(given)
                    + "; write the day as 2026-11-20, or leave it out.");
        }
    }

    private static void check(boolean place, String after) {
        if (!place) {
            throw Refusal.badRequest("The parameter after is " + Printable.quoted(after)
                    + "; give what stands under next in the part of the list before.");
        }
    }
}
