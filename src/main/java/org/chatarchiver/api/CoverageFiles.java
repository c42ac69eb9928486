package org.chatarchiver.api;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chatarchiver.coverage.UnmetRows;
import org.chatarchiver.ledger.CaptureDays;
import org.chatarchiver.ledger.UnmappedPeople;
import org.chatarchiver.mapping.MappingIds;
import org.chatarchiver.message.Csv;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The lists of {@link CoverageController} as files, whole, written as they are read. */
@RestController
public class CoverageFiles {
    private static final int AT_ONCE = 1_000;
    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private final UnmappedPeople people;
    private final CaptureDays captures;
    private final UnmetRows unmet;
    private final MappingIds mappingIds;
    private final CoverageController lists;

    CoverageFiles(
            UnmappedPeople people,
            CaptureDays captures,
            UnmetRows unmet,
            MappingIds mappingIds,
            CoverageController lists) {
        this.people = people;
        this.captures = captures;
        this.unmet = unmet;
        this.mappingIds = mappingIds;
        this.lists = lists;
    }

    @Operation(summary = "The people who map to nothing, as CSV")
    @GetMapping("/api/coverage/unmapped.csv")
    public void unmapped(@RequestParam(defaultValue = "") String connector, HttpServletResponse response)
            throws IOException {
        Writer lines = begin(response, "unmapped.csv");
        lines.write(Csv.line("connector", "participant", "mailbox", "owner", "reason", "entries", "first", "last"));
        for (Parts<UnmappedPeople.Person> all =
                        new Parts<>(after -> people.list(connector, after, AT_ONCE), UnmappedPeople.Person::place);
                all.next(); ) {
            for (UnmappedPeople.Person one : all.part) {
                lines.write(Csv.line(
                        one.connector(),
                        one.participant(),
                        one.mailbox(),
                        one.owner(),
                        one.reason(),
                        one.entries(),
                        one.first(),
                        one.last()));
            }
        }
    }

    /**
     * A mapping file once the column of the mailbox is filled in. Whoever is not known by an id that a mapping file can hold, such as an
     * owner whom the source does not name, is not in it.
     */
    @Operation(summary = "The people of a connector who map to nothing, as a mapping file without mailboxes")
    @GetMapping("/api/coverage/mapping-to-fill.csv")
    public void toFill(@RequestParam String connector, HttpServletResponse response) throws IOException {
        Writer lines = begin(response, "mapping.csv");
        lines.write("External User ID,Microsoft 365 User Mailbox\r\n");
        for (Parts<UnmappedPeople.Person> all =
                        new Parts<>(after -> people.list(connector, after, AT_ONCE), UnmappedPeople.Person::place);
                all.next(); ) {
            for (UnmappedPeople.Person one : all.part) {
                // No formula passes, and a number is to keep its plus.
                if (mappingIds.isUsable(one.participant())) {
                    lines.write(Csv.verbatim(one.participant(), ""));
                }
            }
        }
    }

    @Operation(summary = "Rows of a connector's mapping file that no message has met, as CSV")
    @GetMapping("/api/coverage/mapping.csv")
    public void mapping(@RequestParam String connector, HttpServletResponse response) throws IOException {
        // Refused where there is none.
        lists.mapping(connector, 1, 0);
        Writer lines = begin(response, "mapping-unmet.csv");
        lines.write(Csv.line("line", "id", "mailbox", "from", "to"));
        Long after = 0L;
        while (after != null) {
            Optional<UnmetRows.Part> part = unmet.list(connector, after, AT_ONCE);
            for (var row : part.map(UnmetRows.Part::rows).orElse(List.of())) {
                lines.write(Csv.line(row.line(), row.id(), row.mailbox(), row.from(), row.to()));
            }
            after = part.map(UnmetRows.Part::next).orElse(null);
        }
    }

    @Operation(summary = "Owners of whom nothing was captured for so many days, as CSV")
    @GetMapping("/api/coverage/silent.csv")
    public void silent(
            @RequestParam String connector, @RequestParam(defaultValue = "7") int days, HttpServletResponse response)
            throws IOException {
        CoverageController.checkDays(days);
        Writer lines = begin(response, "silent.csv");
        lines.write(Csv.line("connector", "owner", "first", "last", "captures"));
        for (Parts<CaptureDays.Owner> all = new Parts<>(
                        after -> captures.silent(connector, days, after, AT_ONCE), CaptureDays.Owner::place);
                all.next(); ) {
            for (CaptureDays.Owner one : all.part) {
                lines.write(Csv.line(one.connector(), one.shown(), one.first(), one.last(), one.captures()));
            }
        }
    }

    @Operation(summary = "How many messages were captured of each owner on each day, as CSV")
    @GetMapping("/api/coverage/captures.csv")
    public void captures(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String owner,
            HttpServletResponse response)
            throws IOException {
        LocalDate first = CoverageController.from(from);
        LocalDate end = CoverageController.to(to);
        String key = lists.key(owner);
        Writer lines = begin(response, "captures.csv");
        lines.write(Csv.line("day", "connector", "owner", "captures"));
        for (Parts<CaptureDays.Day> all = new Parts<>(
                        after -> captures.days(first, end, connector, key, after, AT_ONCE), CaptureDays.Day::place);
                all.next(); ) {
            for (CaptureDays.Day one : all.part) {
                lines.write(Csv.line(one.day(), one.connector(), one.shown(), one.captures()));
            }
        }
    }

    /** A day as it is written; one before all others where it is empty. */
    public static LocalDate from(String day) {
        return CoverageController.from(day);
    }

    /** The day behind one as it is written; one behind all others where it is empty. */
    public static LocalDate behind(String day) {
        LocalDate end = CoverageController.to(day);
        return day.isEmpty() ? end : end.plusDays(1);
    }

    /** A list from part to part, none of which is empty. */
    private static final class Parts<T> {
        private final Function<String, List<T>> reading;
        private final Function<T, String> place;
        private List<T> part;

        Parts(Function<String, List<T>> reading, Function<T, String> place) {
            this.reading = reading;
            this.place = place;
        }

        boolean next() {
            boolean first = part == null;
            if (!first && part.size() < AT_ONCE) {
                return false;
            }
            part = reading.apply(first ? "" : place.apply(part.get(part.size() - 1)));
            return !part.isEmpty();
        }
    }

    private static Writer begin(HttpServletResponse response, String name) throws IOException {
        response.setContentType(CSV.toString());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
        Writer lines = response.getWriter();
        lines.write(Csv.BEGIN);
        return lines;
    }
}
