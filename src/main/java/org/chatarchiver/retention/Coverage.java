package org.chatarchiver.retention;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Kept;
import org.chatarchiver.ledger.PageParties;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.PartyIds;
import org.springframework.stereotype.Component;

/**
 * What holds cover. A page is one object for many people: it stays as a whole for each of them. A number that can be read in two ways
 * covers both.
 */
@Component
class Coverage {
    private final PartyIds ids;

    Coverage(PartyIds ids) {
        this.ids = ids;
    }

    /** The first hold that covers all of a run. */
    Optional<Kept> of(List<Hold> holds, Run run) {
        return holds.stream()
                .filter(hold -> hold.kind() == Hold.Kind.CONNECTOR
                                && hold.subject().equals(run.connector())
                        || hold.kind() == Hold.Kind.RUN && hold.subject().equals(run.id()))
                .findFirst()
                .map(Coverage::kept);
    }

    /** The first hold that covers a page of a run, or may. */
    Optional<Kept> of(List<Hold> holds, Run run, PageParties parties) {
        return of(holds, run).or(() -> holds.stream()
                .filter(hold -> hold.kind() == Hold.Kind.PERSON && concerns(parties, hold.subject()))
                .findFirst()
                .map(hold -> parties.unclear() ? perhaps(hold) : kept(hold)));
    }

    /** Whether any is on a person. */
    static boolean persons(List<Hold> holds) {
        return holds.stream().anyMatch(hold -> hold.kind() == Hold.Kind.PERSON);
    }

    /** Of a page whose parties are not known while a person is held. */
    static Kept unknown() {
        return new Kept(null, "Whom it concerns is not known any more, and a person is held.");
    }

    private boolean concerns(PageParties parties, String person) {
        String address = person.strip().toLowerCase(Locale.ROOT);
        return Stream.of(ids.received(person), ids.written(person), ids.received(address))
                .anyMatch(id -> parties.mayConcern(id.key()));
    }

    private static Kept kept(Hold hold) {
        return new Kept(hold.id(), words(hold) + " covers it.");
    }

    private static Kept perhaps(Hold hold) {
        return new Kept(
                hold.id(),
                words(hold) + " may cover it: a message of the page could not be understood, or names nobody.");
    }

    private static String words(Hold hold) {
        return "Hold " + hold.id() + " of " + hold.at().truncatedTo(ChronoUnit.SECONDS);
    }
}
