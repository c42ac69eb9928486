package org.chatarchiver.routing;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the routes are and how much they carry.
 *
 * @param routes directory of the route files
 * @param landing which of {@code routes/landing} is used: file or azure
 * @param pageQueue Camel URI of the page queue
 * @param networks that a connector file may name
 * @param chunk how much of a page is worked on at a time
 * @param sweep between two looks for pages that wait; the route takes it by its placeholder
 * @param delivery when the destination is asked again
 */
@Validated
@ConfigurationProperties("archiver")
public record RoutesProperties(
        @NotNull @DefaultValue("routes") Path routes,

        @NotNull @Pattern(regexp = "file|azure") @DefaultValue("file")
        String landing,

        @NotBlank String pageQueue,

        @DefaultValue({
            "WECHAT",
            "WHATSAPP",
            "ANDROID",
            "ATT",
            "BELL",
            "ENTERPRISE_NUMBER",
            "O2",
            "ROGERS",
            "SIGNAL",
            "TELEGRAM",
            "TELUS",
            "VERIZON"
        })
        @NotNull Set<@Pattern(regexp = "[A-Z][A-Z0-9_]{0,39}") String> networks,

        @NotNull @Valid @DefaultValue Limits limits,
        @NotNull @Valid @DefaultValue Chunk chunk,
        @NotNull @Valid @DefaultValue Delivery delivery,

        @NotNull @DurationMin(millis = 100) @DefaultValue("1m")
        Duration sweep) {

    /**
     * Sizes of product.md 7.
     *
     * @param attachment decoded
     * @param item text and attachments together, decoded
     * @param email encoded
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

    /** @param bytes text and attachments held in memory at a time, per page in work */
    public record Chunk(
            @Min(1) @Max(100_000) @DefaultValue("1000") int messages,
            @NotNull @DefaultValue("4MB") DataSize bytes) {
        public Chunk {
            positive("chunk.bytes", bytes);
        }
    }

    /**
     * @param probe longest pause between two questions to a destination that is out; it begins with a second and doubles
     * @param inDoubtWait how long after the start what a former process was sending is looked for: the destination may still be filing it
     * @param firstPause of an item before its second try, where nobody has asked for another one; doubled from try to try
     * @param longestPause to which it is doubled
     * @param quotaPause before a full mailbox is tried again
     * @param giveUpAfter since its first try, when an item that still fails becomes undeliverable
     * @param longestWait since its first try, when an item that waits for whatever else becomes undeliverable; an outage's time does not count
     * @param requeueEvery between two requeues of what can pass
     * @param requeueFor since its entry into the channel, while it is requeued
     */
    public record Delivery(
            @NotNull @DurationMin(millis = 100) @DefaultValue("30s")
            Duration probe,

            @NotNull @DurationMin @DefaultValue("30s") Duration inDoubtWait,

            @NotNull @DurationMin(millis = 100) @DefaultValue("1s")
            Duration firstPause,

            @NotNull @DurationMin(millis = 100) @DefaultValue("4m")
            Duration longestPause,

            @NotNull @DurationMin(seconds = 1) @DefaultValue("5m")
            Duration quotaPause,

            @NotNull @DurationMin(seconds = 1) @DefaultValue("15m")
            Duration giveUpAfter,

            @NotNull @DurationMin(seconds = 1) @DefaultValue("55m")
            Duration longestWait,

            @NotNull @DurationMin(minutes = 1) @DefaultValue("1h")
            Duration requeueEvery,

            @NotNull @DurationMin @DefaultValue("7d") Duration requeueFor) {
        public Delivery {
            if (longestPause.compareTo(firstPause) < 0) {
                throw new IllegalArgumentException("archiver.delivery.longest-pause is " + longestPause
                        + ", less than archiver.delivery.first-pause, " + firstPause);
            }
        }
    }

    private static void positive(String key, DataSize size) {
        if (size.toBytes() < 1) {
            throw new IllegalArgumentException("archiver." + key + " is " + size + "; it must be at least 1B");
        }
    }
}
