package org.chatarchiver.ledger;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long work stays with an archiver that is not heard of.
 *
 * @param duration of several archivers with one ledger, how long a page in work, or a connection's slot of a mailbox, stays with one that is not heard of. It is renewed eight
 *     times as often; in the last quarter nothing is sent any more, so that the mail server has this time to file what was sent before
 */
@Validated
@ConfigurationProperties("archiver.lease")
public record LeaseProperties(
        @NotNull @DurationMin(seconds = 2) @DefaultValue("2m")
        Duration duration) {
    private static final int RENEWALS = 8;
    private static final int LAST = 4;

    /** Five renewals may fail before anything is given up. */
    public Duration renewal() {
        return duration.dividedBy(RENEWALS);
    }

    /** How long after a lease was asked for its holder may rely on it. */
    Duration reliable() {
        return duration.minus(duration.dividedBy(LAST));
    }
}
