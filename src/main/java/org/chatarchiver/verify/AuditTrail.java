package org.chatarchiver.verify;

import static org.chatarchiver.ledger.DifferenceKind.AUDIT_BROKEN;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.chatarchiver.audit.AuditCheck;
import org.chatarchiver.audit.AuditCheck.Witness;
import org.chatarchiver.landing.LandedRuns;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Manifest;
import org.chatarchiver.ledger.Difference;
import org.springframework.stereotype.Component;

/** Holds the audit log against itself, and against the ends of it that stand in the manifests of all runs in the landing zone. */
@Component("auditTrail")
public class AuditTrail {
    private final AuditCheck check;
    private final LandedRuns runs;
    private final Landings landings;

    AuditTrail(AuditCheck check, LandedRuns runs, Landings landings) {
        this.check = check;
        this.runs = runs;
        this.landings = landings;
    }

    /** @throws IOException if the landing zone cannot be read */
    public void check(@Body Verification verification) throws IOException {
        List<String> unreadable = new ArrayList<>();
        try {
            List<AuditCheck.Break> breaks =
                    check.check(() -> witnesses(verification, unreadable).iterator());
            breaks.forEach(found -> found(
                    verification,
                    found.sentence()
                            + ". Somebody has changed the ledger past the archiver; compare with a backup of it"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        unreadable.forEach(path -> found(
                verification,
                path + " is no manifest any more, so that the end of the audit log that stood in it cannot be compared;"
                        + " put it back from a backup of the landing zone"));
    }

    private static void found(Verification verification, String sentence) {
        verification.found(Difference.of(AUDIT_BROKEN, verification.run().id(), sentence));
    }

    private Stream<Witness> witnesses(Verification verification, List<String> unreadable) {
        return listed(runs::connectors).stream()
                .flatMap(connector -> listed(() -> runs.days(connector, LandedRuns.EARLIEST)).stream()
                        .flatMap(day -> ofDay(connector, day, verification, unreadable)));
    }

    private Stream<Witness> ofDay(String connector, LocalDate day, Verification verification, List<String> unreadable) {
        return listed(() -> runs.runs(connector, day)).stream().flatMap(run -> {
            verification.goOn();
            return witness(run, unreadable).stream();
        });
    }

    private Optional<Witness> witness(LandingPath run, List<String> unreadable) {
        try {
            return landings.manifest(run)
                    .map(Manifest::audit)
                    .map(head -> new Witness("the manifest of run " + run.run(), head));
        } catch (JsonProcessingException e) {
            unreadable.add(run.manifest());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Listing<T> {
        List<T> read() throws IOException;
    }

    private static <T> List<T> listed(Listing<T> listing) {
        try {
            return listing.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
