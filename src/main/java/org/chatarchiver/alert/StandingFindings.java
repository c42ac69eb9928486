package org.chatarchiver.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
        Instant now = clock.instant();
        return Arrays.stream(AlertCause.values())
                .filter(AlertCause::lasting)
                .flatMap(cause -> findings.of(cause, Instant.EPOCH, now).stream()
                        .map(finding -> new Standing(cause, finding.sentence())))
                .toList();
    }
}
