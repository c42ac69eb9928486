package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.quartz.impl.matchers.GroupMatcher;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whatever is done to the route files while runs go on: at the end everything is delivered once, and nothing of the edits is left over.
 * {@code -Drandom.edits=1000 -Drandom.seed=7} for many.
 */
class RandomEditsTest extends EditBed {
    private static final int EDITS = Integer.getInteger("random.edits", 40);
    private static final long SEED = Long.getLong("random.seed", 20261129);

    @Override
    RunningArchiver.Settings settings() {
        return super.settings()
                .set("archiver.routes-watch", "100ms")
                .set("archiver.sweep", "1s")
                .set("archiver.telemessage.max-pages", 10_000)
                .set("camel.component.direct.timeout", 5_000);
    }

    @Test
    void randomEditsDuringRunsLoseAndDoubleNothingAndLeaveNothingBehind() throws Exception {
        RandomEdit edits = new RandomEdit(day.home.routes(), SEED);
        everything(0);
        Map<String, Integer> before = held();
        int messages = 0;
        List<String> done = new ArrayList<>();
        for (int i = 0; i < EDITS; i++) {
            done.add(edits.next());
            if (i % 4 == 0) {
                day.message("WECHAT", "random-" + messages, start.minus(HOUR).plusMillis(messages));
                messages++;
                archiver.bean(RunStarts.class).start("wechat", false, start.minus(HOUR.multipliedBy(2)), start, "ada");
            }
            // Some come upon the one before, some are let be taken.
            int looks = i % 3;
            for (int look = 0; look < looks; look++) {
                until(Duration.ofMillis(150), () -> false);
            }
        }
        edits.restore();
        untilGood();
        everything(messages);

        assertThat(delivered()).as("after %s", done).isEqualTo(messages);
        assertThat(runs()).extracting(Run::state).doesNotContain(Run.State.RUNNING);
        assertThat(leases()).isZero();
        SmallDay.await().atMost(SOON).untilAsserted(() -> assertThat(held()).isEqualTo(before));
    }

    private void everything(int messages) {
        SmallDay.await().atMost(Duration.ofMinutes(2)).until(() -> {
            boolean idle = runs().stream().noneMatch(run -> run.state() == Run.State.RUNNING) && leases() == 0;
            if (idle && delivered() < messages) {
                archiver.bean(RunStarts.class).start("wechat", false, start.minus(HOUR.multipliedBy(2)), start, "ada");
            }
            return idle && delivered() >= messages;
        });
    }

    private static void until(Duration most, BooleanSupplier condition) {
        long end = System.nanoTime() + most.toNanos();
        SmallDay.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> condition.getAsBoolean() || System.nanoTime() > end);
    }

    /** What an edit could leave behind. */
    private Map<String, Integer> held() throws Exception {
        CamelContext camel = archiver.bean(CamelContext.class);
        Map<String, Integer> held = new TreeMap<>();
        held.put("routes", camel.getRoutesSize());
        held.put("endpoints", names(camel.getEndpoints()).size());
        held.put(
                "jobs",
                camel.getComponent("quartz", QuartzComponent.class)
                        .getScheduler()
                        .getJobKeys(GroupMatcher.anyGroup())
                        .size());
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("trial")
                        || name.contains("quartz")
                        || name.contains("Quartz")
                        || name.contains("route-watch"))
                .forEach(name -> held.merge("thread " + name.replaceAll("\\d+", "n"), 1, Integer::sum));
        return held;
    }

    private static List<String> names(Collection<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::getEndpointKey).collect(Collectors.toList());
    }

    private long leases() {
        return archiver.bean(JdbcTemplate.class)
                .queryForObject(
                        "select (select count(*) from connector where lease_run is not null) + (select count(*) from page where worker is not null)",
                        Long.class);
    }
}
