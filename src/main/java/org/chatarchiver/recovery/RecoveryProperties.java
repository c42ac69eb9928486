package org.chatarchiver.recovery;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.chatarchiver.message.Printable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A ledger that was lost or restored.
 *
 * @param recoverSince a time before everything that the ledger has lost, such as {@code 2026-11-21T00:00:00Z}; empty for a whole ledger
 */
@ConfigurationProperties("archiver")
record RecoveryProperties(@DefaultValue("") String recoverSince) {
    RecoveryProperties {
        recoverSince = recoverSince.strip();
        try {
            parsed(recoverSince);
        } catch (DateTimeParseException e) {
            // Without its cause, which is all that would be shown at start and names no setting.
            throw new IllegalArgumentException("archiver.recover-since is \"" + Printable.of(recoverSince)
                    + "\"; give a time such as 2026-11-21T02:15:00Z, or nothing");
        }
    }

    Optional<Instant> since() {
        return parsed(recoverSince);
    }

    private static Optional<Instant> parsed(String time) {
        return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
    }
}
