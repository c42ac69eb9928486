package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.endtoend.SetupBed.Person;
import org.chatarchiver.security.Secrets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.util.HtmlUtils;

/** Connectors whose files this archiver may not write itself: what the wizard's last page shows then is enough. */
class SetupToCommitTest {
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final Pattern FILE = Pattern.compile("(?s)<pre[^>]*><code>(.*?)</code></pre>");

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static SetupBed bed;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        bed = new SetupBed(folder, settings -> settings.on(postgres));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        postgres.close();
    }

    @Test
    void whereTheDirectoryIsNotToBeWrittenTheConnectorComesWithWhatIsCommitted() throws Exception {
        Person person = ready("telegram");
        Path routes = bed.archiver().home().routes();
        Path away = Files.move(routes.resolve("connectors"), routes.resolveSibling("away"));
        String done;
        try {
            done = person.finish("telegram", "Telegram Archiver", NEVER);
        } finally {
            Files.move(away, routes.resolve("connectors"));
        }
        assertThat(done).contains("To be committed", "cannot be written here").doesNotContain(SetupBed.SECRET);
        Path data = bed.archiver().home().data();
        assertThat(data.resolve("secrets/telegram")).doesNotExist();
        assertThat(bed.bean(Connectors.class).find("telegram")).isEmpty();

        String csv = bed.admin().get(person.path("mapping.csv")).body();
        assertThat(csv).isEqualTo(TestBed.MAPPING);
        Files.writeString(data.resolve("mapping/telegram.csv"), csv);
        bed.bean(Secrets.class).write("telegram", "password", SetupBed.SECRET);
        Files.writeString(routes.resolve("connectors/telegram.camel.yaml"), file(done));
        bed.awaitConnector("telegram");
        await().atMost(Duration.ofSeconds(30)).until(() -> person.page("done").contains("It is in force"));
    }

    @Test
    void whereAnotherArchiverWorksWithTheLedgerNothingIsWrittenOnTheDiskOfOne() throws Exception {
        Person person = ready("signal");
        Person change = Person.changes(bed.admin(), TestBed.WECHAT);
        assertThat(change.logIn("ops", "feed-secret")).contains("takes the log-in");
        JdbcTemplate ledger = bed.bean(JdbcTemplate.class);
        ledger.update("insert into archiver (worker, seen) values ('other', current_timestamp)");
        try {
            assertThat(person.finish("signal", "Signal Archiver", NEVER))
                    .contains("To be committed", "Another archiver works with this ledger");
            assertThat(change.finish("", "WeChat Archiver", NEVER))
                    .contains("<code>connectors/wechat.camel.yaml</code>");
            assertThat(bed.follow(bed.admin()
                            .post(
                                    SetupBed.SETUP + "/removal",
                                    bed.admin().token(SetupBed.SETUP),
                                    "connector",
                                    TestBed.WECHAT,
                                    "confirm",
                                    "true")))
                    .contains("Another archiver works", "delete connectors/wechat.camel.yaml");
        } finally {
            ledger.update("delete from archiver where worker = 'other'");
        }
        Path home = bed.archiver().home().folder();
        assertThat(home.resolve("routes/connectors/signal.camel.yaml")).doesNotExist();
        assertThat(home.resolve("data/secrets/signal")).doesNotExist();
        assertThat(home.resolve("routes/connectors/wechat.camel.yaml")).exists();

        // It was to be given to whoever commits, and is not kept: a change without it would run with the former one.
        assertThat(change.send("reopen")).contains("The password is kept for an hour only");
        assertThat(person.send("reopen")).contains("The password is kept for an hour only");
        assertThat(person.logIn(SetupBed.USER, SetupBed.SECRET)).contains("takes the log-in");
        assertThat(person.finish("signal", "Signal Archiver", NEVER)).doesNotContain("To be committed");
        bed.awaitConnector("signal");
    }

    private static Person ready(String product) throws Exception {
        Person person = bed.begun(product);
        person.upload(TestBed.MAPPING);
        person.choose("file", "true");
        return person;
    }

    private static String file(String page) {
        Matcher file = FILE.matcher(page);
        assertThat(file.find()).isTrue();
        return HtmlUtils.htmlUnescape(file.group(1));
    }
}
