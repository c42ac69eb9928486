package org.chatarchiver.archive;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Locale;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much an item may hold, and how landed pages come to be archived.
 *
 * @param pageQueue Camel URI of the page queue
 * @param queuedFor time for which a page counts as standing in the page queue unless it is taken out; then it is queued again. Longer than
 *     the queue usually is. Where it is not set: 1h where that is a broker's (amqp:), which does not forget, and 2m otherwise
 * @param sweep time between two looks for pages that wait
 * @param sweepRuns time between two looks for runs whose archiver died, that wait for outcomes only, or that are to be asked for again
 */
@Validated
@ConfigurationProperties("archiver")
public record ArchiveProperties(
        @NotNull @Valid @DefaultValue Limits limits,
        @NotBlank String pageQueue,

        @DurationMin(seconds = 1) Duration queuedFor,

        @NotNull @DurationMin(millis = 100) @DefaultValue("1m")
        Duration sweep,

        @NotNull @DurationMin(millis = 100) @DefaultValue("15s")
        Duration sweepRuns) {
    private static final Duration QUEUED_IN_MEMORY = Duration.ofMinutes(2);
    private static final Duration QUEUED_AT_BROKER = Duration.ofHours(1);

    public ArchiveProperties {
        if (queuedFor == null && pageQueue != null) {
            queuedFor = pageQueue.strip().toLowerCase(Locale.ROOT).startsWith("amqp:")
                    ? QUEUED_AT_BROKER
                    : QUEUED_IN_MEMORY;
        }
    }

    /**
     * Sizes of product.md 7.
     *
     * @param attachment size of one attachment, decoded; a larger one is left out with a note
     * @param item size of text and attachments together, decoded; the largest attachments are left out until it fits
     * @param email size of the e-mail, encoded; what the mailboxes take
     */
    public record Limits(
            @NotNull @DefaultValue("10MB") DataSize attachment,
            @NotNull @DefaultValue("10MB") DataSize item,
            @NotNull @DefaultValue("35MB") DataSize email) {
        public Limits {
            positive("limits.attachment", attachment);
            positive("limits.item", item);
            positive("limits.email", email);
        }
    }

    private static void positive(String key, DataSize size) {
        if (size.toBytes() < 1) {
            throw new IllegalArgumentException("archiver." + key + " is " + size + "; it must be at least 1B");
        }
    }
}
