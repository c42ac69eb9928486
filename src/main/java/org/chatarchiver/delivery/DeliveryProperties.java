package org.chatarchiver.delivery;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When the destination is asked again.
 *
 * @param probe longest pause between two questions to a destination that is out; it begins with a second and doubles
 * @param inDoubtWait how long after the start what a former process was sending is looked for: the destination may still be filing it
 * @param firstPause pause of an item before its second try, where nobody has asked for another one; doubled from try to try
 * @param longestPause longest pause of an item, where nobody has asked for another one
 * @param quotaPause pause before a full mailbox is tried again
 * @param giveUpAfter time since its first try after which an item that still fails becomes undeliverable
 * @param longestWait time since its first try after which an item that waits for whatever else becomes undeliverable; an outage's time does not count
 * @param requeueEvery time between two requeues of what can pass
 * @param requeueFor time since its entry into the channel for which an item is requeued
 */
@Validated
@ConfigurationProperties("archiver.delivery")
public record DeliveryProperties(
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
    public DeliveryProperties {
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("archiver.delivery.longest-pause is " + longestPause
                    + ", less than archiver.delivery.first-pause, " + firstPause);
        }
    }
}
