package org.chatarchiver.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** What is wrong at this moment and stays so until it is mended, whether anybody gets mails of it or not. */
@Component
public class StandingFindings {
    private final AlertFindings findings;
    private final Clock clock;

    StandingFindings(AlertFindings findings, Clock clock) {
        this.findings = findings;
        this.clock = clock;
    }

    /** @param sentence counts, names and reasons; no message text */
    public record Standing(AlertCause cause, String sentence) {}

    public List<Standing> now() {
        return of(cause -> true);
    }

    /** What can be told while the ledger does not answer. */
    public List<Standing> withoutLedger() {
        return of(cause -> !AlertFindings.OF_LEDGER.contains(cause));
    }

    private List<Standing> of(Predicate<AlertCause> wanted) {
        Instant now = clock.instant();
        return Arrays.stream(AlertCause.values())
                .filter(AlertCause::lasting)
                .filter(wanted)
                .flatMap(cause -> findings.of(cause, Instant.EPOCH, now).stream()
                        .map(finding -> new Standing(cause, finding.sentence())))
                .toList();
    }
}
