package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.Started;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whoever stops a route in the middle of a run, and starts it again, has lost and doubled nothing, and holds up nothing for good. */
class StoppedRoutesTest extends CollectionBed {
    private static final Duration SOON = Duration.ofMinutes(1);

    private final HeldPage page = new HeldPage();

    /** A route that is missing is waited for; half a minute if nothing else is set. */
    @Override
    RunningArchiver.Settings settings() {
        return super.settings()
                .set("camel.component.direct.timeout", 1_000)
                .set("archiver.sweep", "1s")
                .set("archiver.queued-for", "5s");
    }

    @Test
    void theRunOfAStoppedRouteHasNoLeaseAndGoesOnOnceItIsStarted() throws Exception {
        String run = page.begin(this);
        CamelContext camel = archiver.bean(CamelContext.class);
        // What has landed to the last page ends without its route.
        stop(camel, "sweep-runs");

        Thread stop = new Thread(() -> stop(camel, "collect-run"));
        stop.start();
        page.release();
        stop.join();

        SmallDay.await().atMost(SOON).until(() -> leases() == 0);
        assertThat(archiver.bean(RunStarts.class).start("wechat", false, null, null, "ada"))
                .as("another run, while this one is to go on")
                .isInstanceOf(Started.Busy.class);

        camel.getRouteController().startRoute("collect-run");
        camel.getRouteController().startRoute("sweep-runs");
        assertThatAllIsThereOnce(run);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sweep-runs",
                "sweep-pages",
                "try-page",
                "collect-page",
                "fetch-page",
                "land-object",
                "end-window",
                "archive-pages",
                "archive-page",
                "archive-chunk",
                "make-email",
                "find-mailboxes",
                "deliver-batch",
                "append-batch",
                "wechat"
            })
    void whateverIsStoppedForAMoment(String route) throws Exception {
        String run = page.begin(this);
        CamelContext camel = archiver.bean(CamelContext.class);

        Thread stop = new Thread(() -> stop(camel, route));
        stop.start();
        page.release();
        stop.join();
        camel.getRouteController().startRoute(route);

        assertThatAllIsThereOnce(run);
    }

    private static void stop(CamelContext camel, String route) {
        try {
            camel.getRouteController().stopRoute(route, 10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertThatAllIsThereOnce(String run) {
        SmallDay.await().atMost(SOON).until(() -> archiver.report(run).run().state() != Run.State.RUNNING);
        assertThat(archiver.report(run).run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(archiver.report(run).imported()).isEqualTo(HeldPage.MESSAGES);
        assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0)).isEmpty();
        assertThat(delivered()).isEqualTo(HeldPage.MESSAGES);
        SmallDay.await().atMost(SOON).until(() -> leases() == 0);
    }

    private long leases() {
        return archiver.bean(JdbcTemplate.class)
                .queryForObject(
                        "select (select count(*) from connector where lease_run is not null) + (select count(*) from page where worker is not null)",
                        Long.class);
    }
}
