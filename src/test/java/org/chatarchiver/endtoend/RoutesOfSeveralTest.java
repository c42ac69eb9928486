package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The route files of two archivers with one ledger, each with a directory of its own. */
class RoutesOfSeveralTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String FILE = "errors.camel.yaml";

    @TempDir
    private Path folder;

    private EmbeddedPostgres postgres;
    private JdbcClient ledger;
    private SmallDay day;
    private ArchiverHome second;
    private RunningArchiver one;
    private RunningArchiver other;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        ledger = JdbcClient.create(postgres.getPostgresDatabase());
        day = new SmallDay(folder);
        second = ArchiverHome.create(folder.resolve("second")).landingWith(day.home);
        for (String id : new String[] {"wechat", "whatsapp"}) {
            copy("connectors/" + id + ".camel.yaml");
        }
        one = settings().start();
        other = settings()
                .set("archiver.routes", second.routes())
                .set("archiver.data", second.data())
                .start();
        SmallDay.await().atMost(SOON).until(() -> told() == 2);
    }

    @AfterEach
    void stop() throws Exception {
        other.close();
        one.close();
        day.close();
        postgres.close();
    }

    @Test
    void whatDiffersForLongerThanAnEditTakesIsToldByFileAndArchiverAndNotBeforeNorBehind() throws Exception {
        later();
        assertThat(seen(one)).doesNotContain("differs").contains("\"differences\":[]");

        Path edited = second.routes().resolve(FILE);
        Files.writeString(edited, Files.readString(edited) + "# Edited here only.\n");
        SmallDay.await().atMost(SOON).until(() -> different(FILE) == 2);
        SmallDay.await().during(Duration.ofSeconds(2)).until(() -> alarms(one) == 0 && alarms(other) == 0);

        later();
        SmallDay.await().atMost(SOON).until(() -> alarms(one) == 1 && alarms(other) == 1);
        String node = ledger.sql("select name || '/' || substr(worker, 1, 8) from archiver limit 1")
                .query(String.class)
                .single();
        for (RunningArchiver archiver : new RunningArchiver[] {one, other}) {
            assertThat(seen(archiver)).contains("\"file\":\"" + FILE + "\"", node, FILE + " differs: ");
            assertThat(new ApiClient(archiver).get("/actuator/health").body()).contains("\"status\":\"DEGRADED\"");
        }
        ConsoleClient ada =
                ConsoleClient.of(one.port(), "admin", one.admin().read().value().orElseThrow());
        assertThat(ada.get("/console/routes").body())
                .contains("Files that are not the same at all archivers", FILE, node)
                .doesNotContain("All route files are in force as they are");
        assertThat(ada.get("/console/health").body()).contains("Route files that differ between archivers", node);

        copy(FILE);
        SmallDay.await().atMost(SOON).until(() -> alarms(one) == 0 && alarms(other) == 0);
        assertThat(seen(one)).contains("\"differences\":[]");
    }

    @Test
    void aFileThatOnlyOneCannotUseDiffersAndSoDoesOneThatIsMissing() throws Exception {
        Files.writeString(day.home.routes().resolve("connectors/signal.camel.yaml"), "- nonsense: [");
        Files.writeString(second.routes().resolve("extra.camel.yaml"), """
                - route:
                    id: extra
                    description: Does nothing.
                    from:
                      uri: direct:extra
                      steps:
                        - log: "nothing"
                """);
        SmallDay.await()
                .atMost(SOON)
                .until(() -> different("connectors/signal.camel.yaml") == 1 && different("extra.camel.yaml") == 1);
        later();

        SmallDay.await().atMost(SOON).until(() -> alarms(one) == 2);

        assertThat(seen(one)).contains("not in force: connectors/signal.camel.yaml", "; missing at ");
    }

    private RunningArchiver.Settings settings() {
        return day.settings().on(postgres).set("archiver.routes-watch", "300ms");
    }

    private void copy(String file) throws IOException {
        Files.copy(day.home.routes().resolve(file), second.routes().resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String seen(RunningArchiver archiver) throws Exception {
        ApiClient api = new ApiClient(archiver);
        return api.get("/api/routes").body() + api.get("/api/findings").body();
    }

    private static int alarms(RunningArchiver archiver) {
        return archiver.bean(Alarms.class).of(AlertCause.ROUTES_DIFFER).size();
    }

    /** How many archivers have told. */
    private int told() {
        return ledger.sql("select count(*) from archiver where routes is not null")
                .query(Integer.class)
                .single();
    }

    /** How many of a file there are. */
    private int different(String file) {
        return ledger.sql("select count(distinct digest) from archiver_route where file = ?")
                .params(file)
                .query(Integer.class)
                .single();
    }

    /** As if what was told last had been told some minutes ago. */
    private void later() {
        ledger.sql("update archiver set routes_since = routes_since - interval '4' minute")
                .update();
    }
}
