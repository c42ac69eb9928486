package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chatarchiver.collect.ConnectorTriggers;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The one trigger of a connector at two archivers with one ledger, each in a JVM of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedScheduleTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String OFTEN = "0/10 * * * * ?";
    private static final String OTHER = "0/15 * * * * ?";
    private static final String MAPPING =
            "External User ID,Microsoft 365 User Mailbox\n+447700900101," + SmallDay.MAILBOX + "\n";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static JdbcClient ledger;
    private static SmallDay day;
    private static ArchiverHome second;
    private static ArchiverProcess one;
    private static RunningArchiver other;

    @BeforeAll
    static void open() throws Exception {
        postgres = EmbeddedPostgres.start();
        ledger = JdbcClient.create(postgres.getPostgresDatabase());
        day = new SmallDay(folder);
        edit(day.home, SmallDay.NEVER, OFTEN);
        second = ArchiverHome.create(folder.resolve("second"))
                .connector("wechat", OFTEN, MAPPING, SmallDay.PASSWORD)
                .connector("whatsapp", SmallDay.NEVER, MAPPING, SmallDay.PASSWORD)
                .landingWith(day.home);
        other = settings().start();
        one = ArchiverProcess.start(
                "256m",
                day.home.data(),
                Map.ofEntries(
                        Map.entry("archiver.routes", day.home.routes().toString()),
                        Map.entry("archiver.data", day.home.data().toString()),
                        Map.entry("archiver.routes-watch", "300ms"),
                        Map.entry("archiver.sweep-runs", "1000"),
                        Map.entry(
                                "archiver.telemessage.base-url",
                                day.feed.baseUrl().toString()),
                        Map.entry("archiver.telemessage.settle", "1s"),
                        Map.entry("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres")),
                        Map.entry("spring.datasource.username", "postgres"),
                        Map.entry("spring.datasource.password", "postgres"),
                        Map.entry("archiver.exchange.imap.host", "127.0.0.1"),
                        Map.entry("archiver.exchange.imap.port", Integer.toString(day.mail.plainPort())),
                        Map.entry("archiver.exchange.imap.security", "none"),
                        Map.entry("archiver.exchange.imap.auth", "plain"),
                        Map.entry("archiver.exchange.imap.username", "nobody"),
                        Map.entry("archiver.exchange.imap.password", "nothing")),
                folder.resolve("one.log"));
    }

    @AfterAll
    static void close() throws Exception {
        one.close();
        other.close();
        day.close();
        postgres.close();
    }

    @Test
    @Order(1)
    void eachTimeFiresOnceOfAll() throws IOException {
        int before = started().size();
        SmallDay.await().atMost(SOON).until(() -> started().size() >= before + 4);

        assertThat(started().stream().map(time -> time.getEpochSecond() / 10)).doesNotHaveDuplicates();
        assertThat(triggers()).containsExactlyInAnyOrder("wechat " + OFTEN, "whatsapp " + SmallDay.NEVER);
        assertThat(Files.readString(folder.resolve("one.log"))).doesNotContain("has been seen to already");
        assertThat(ledger.sql("select count(*) from qrtz_scheduler_state")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    @Order(2)
    void aPauseHoldsTheTriggerAndAResumptionLetsItGo() {
        other.bean(ConnectorPauses.class).pause("wechat", "ada", "The feed moves");
        SmallDay.await().atMost(SOON).until(() -> state().equals("PAUSED"));
        int before = started().size();
        SmallDay.await()
                .during(Duration.ofSeconds(12))
                .atMost(SOON)
                .until(() -> started().size() == before);

        other.bean(ConnectorPauses.class).resume("wechat", "ada");

        SmallDay.await().atMost(SOON).until(() -> started().size() > before);
    }

    /** Quartz marks it so where an archiver is stopped in the moment in which it fires. */
    @Test
    @Order(3)
    void aTriggerThatQuartzHasGivenUpFiresAgain() {
        ledger.sql("update qrtz_triggers set trigger_state = 'ERROR' where trigger_name = 'wechat'")
                .update();

        SmallDay.await().atMost(SOON).until(() -> !state().equals("ERROR"));
        int before = started().size();
        SmallDay.await().atMost(SOON).until(() -> started().size() >= before + 2);
    }

    @Test
    @Order(4)
    void anEditOfTheScheduleIsTheTriggersFromThenOn() throws IOException {
        edit(day.home, OFTEN, OTHER);
        edit(second, OFTEN, OTHER);
        // One that had the trigger in its hand puts the former one back, and is corrected.
        SmallDay.await().during(Duration.ofSeconds(15)).atMost(SOON).until(() -> triggers()
                .contains("wechat " + OTHER));
        int before = started().size();

        SmallDay.await().atMost(SOON).until(() -> started().size() >= before + 3);

        assertThat(started().subList(before + 1, before + 3).stream().map(time -> time.getEpochSecond() / 15))
                .doesNotHaveDuplicates();
    }

    @Test
    @Order(5)
    void theTriggerThatOneRemovesWithItsConnectorComesBackWhileTheOtherHasIt() throws Exception {
        Path file = second.routes().resolve("connectors/wechat.camel.yaml");
        String text = Files.readString(file);
        Files.delete(file);
        SmallDay.await()
                .atMost(SOON)
                .until(() -> other.bean(Connectors.class).all().size() == 1);
        other.bean(ConnectorTriggers.class).keep();

        SmallDay.await().atMost(SOON).until(() -> triggers().contains("wechat " + OTHER));
        int before = started().size();
        SmallDay.await().atMost(SOON).until(() -> started().size() >= before + 2);
        assertThat(Files.readString(folder.resolve("one.log"))).contains("The trigger of wechat was gone");

        Files.writeString(file, text);
        SmallDay.await()
                .atMost(SOON)
                .until(() -> other.bean(Connectors.class).all().size() == 2);
    }

    @Test
    @Order(6)
    void whereOneIsKilledTheOtherGoesOn() throws Exception {
        one.kill();
        // Two minutes later, where it had a run in work.
        ledger.sql(
                        "update connector set lease_until = current_timestamp - interval '1 second' where lease_run is not null")
                .update();
        int before = started().size();
        SmallDay.await().atMost(SOON.multipliedBy(2)).until(() -> started().size() >= before + 2);
    }

    @Test
    @Order(7)
    void theTriggerOfAConnectorThatIsRemovedGoesWithIt() throws IOException {
        Files.delete(second.routes().resolve("connectors/wechat.camel.yaml"));

        SmallDay.await().atMost(SOON).until(() -> triggers().equals(List.of("whatsapp " + SmallDay.NEVER)));
    }

    @Test
    @Order(8)
    void theTriggerOfAConnectorThatIsRemovedWhileNobodyRunsGoesAtTheNextStart() throws IOException {
        Path file = second.routes().resolve("connectors/wechat.camel.yaml");
        Files.copy(day.home.routes().resolve("connectors/wechat.camel.yaml"), file);
        SmallDay.await().atMost(SOON).until(() -> triggers().size() == 2);
        other.close();
        Files.delete(file);

        other = settings().start();

        SmallDay.await().atMost(SOON).until(() -> triggers().equals(List.of("whatsapp " + SmallDay.NEVER)));
    }

    /** One that was taken for dead would lose what it has in its hand, and both say so, every few seconds. */
    @Test
    @Order(9)
    void oneWhoseClockIsHalfAMinuteBehindIsNotTakenForDead() {
        ledger.sql("insert into qrtz_scheduler_state values ('chat-archiver', 'behind', ?, 15000)")
                .param(System.currentTimeMillis())
                .update();
        // It has looked in ten seconds ago.
        SmallDay.await()
                .during(Duration.ofSeconds(20))
                .atMost(SOON)
                .until(() -> ledger.sql(
                                        "update qrtz_scheduler_state set last_checkin_time = ? where instance_name = 'behind'")
                                .param(System.currentTimeMillis() - 40_000)
                                .update()
                        == 1);

        SmallDay.await()
                .atMost(SOON)
                .until(() -> ledger.sql("select count(*) from qrtz_scheduler_state where instance_name = 'behind'")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    private static RunningArchiver.Settings settings() {
        return day.settings()
                .on(postgres)
                .set("archiver.routes", second.routes())
                .set("archiver.data", second.data())
                .set("archiver.routes-watch", "300ms");
    }

    private static void edit(ArchiverHome home, String from, String to) throws IOException {
        Path file = home.routes().resolve("connectors/wechat.camel.yaml");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    /** When the scheduled runs were, the oldest first. */
    private static List<Instant> started() {
        return ledger.sql("select started from run where cause = 'SCHEDULE' order by id")
                .query((row, number) -> row.getTimestamp("started").toInstant())
                .list();
    }

    private static List<String> triggers() {
        return ledger.sql("select trigger_name || ' ' || cron_expression from qrtz_cron_triggers")
                .query(String.class)
                .list();
    }

    private static String state() {
        return ledger.sql("select trigger_state from qrtz_triggers where trigger_name = 'wechat'")
                .query(String.class)
                .single();
    }
}
