package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.landing.Staging;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;

/** Entries that no route makes come to the routes of their channels too. */
class ChannelEntriesOfJavaTest extends CollectionBed {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Override
    RunningArchiver.Settings settings() {
        try {
            ChannelRoutes.notify(day.home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return super.settings().set("archiver.sweep", 300);
    }

    @Test
    void aWindowThatTheSourceHasDroppedIsTold() {
        travel(Duration.ofHours(-9 * 24 - 12));
        now();
        travel(Duration.ZERO);

        now();

        told("source SOURCE_EXPIRED", 3);
    }

    @Test
    void aFailedPollIsToldAgainWhenItsWindowIsGoneMeanwhile() throws Exception {
        day.feed.fail(1, 401, null);
        backfill(Duration.ofHours(20));
        told("source SOURCE_UNAUTHORIZED", 1);
        travel(Duration.ofDays(8));

        new ApiClient(archiver).post("/api/channels/source/requeue", "application/json", "{}");

        told("source SOURCE_EXPIRED", 1);
    }

    @Test
    void aLandedPageThatCannotBeAdoptedIsTold() throws IOException {
        Run run = now().get(0);
        String path = LandingPath.of(run.connector(), run.started(), run.id()).page(99);
        archiver.bean(Landings.class)
                .land(archiver.bean(Staging.class)
                        .stage(
                                path,
                                new ByteArrayInputStream("{\"messages\":[".getBytes(StandardCharsets.UTF_8)),
                                unread -> null));

        told("source LANDING_FAILED", 1);
        assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0)).hasSize(1);
    }

    private void told(String reason, int times) {
        SmallDay.await().atMost(SOON).untilAsserted(() -> assertThat(ChannelRoutes.reasons(archiver))
                .filteredOn(reason::equals)
                .hasSizeGreaterThanOrEqualTo(times));
    }
}
