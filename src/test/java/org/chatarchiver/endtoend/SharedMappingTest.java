package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Mappings;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.AdminPassword;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two archivers with one ledger in PostgreSQL and one landing zone in Azurite, each with a mapping file of its own. */
@RequiresProgram("azurite-blob")
class SharedMappingTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    private static final String OLD = HEADER + "+447700900101," + SmallDay.MAILBOX + "\n";
    private static final String BEN = "ben@example.com";

    /** More than a ConfigMap takes. */
    private static final String LARGE = IntStream.range(0, 40_000)
            .mapToObj(i -> "wxid_" + i + ",somebody" + i + "@example.com\n")
            .collect(Collectors.joining("", HEADER + "+447700900101," + BEN + "\n", ""));

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;
    private LandingZone landing;
    private SmallDay day;
    private ArchiverHome other;

    @BeforeEach
    void open() throws IOException {
        postgres = EmbeddedPostgres.start();
        landing = LandingZone.azure();
        day = new SmallDay(folder);
        day.mail.create(List.of(BEN));
        day.home.connector("wechat", SmallDay.NEVER, OLD, SmallDay.PASSWORD);
        other = ArchiverHome.create(folder.resolve("other"))
                .connector("wechat", SmallDay.NEVER, OLD, SmallDay.PASSWORD)
                .connector("whatsapp", SmallDay.NEVER, OLD, SmallDay.PASSWORD);
    }

    @AfterEach
    void close() throws IOException {
        day.close();
        landing.close();
        postgres.close();
    }

    @Test
    void whatIsSentToOneMapsAtTheOtherAlsoWhenThatStartsAgainBesideItsOldFile() throws Exception {
        day.message("WECHAT", "one", "Alpha");
        try (RunningArchiver archiver = others()) {
            try (RunningArchiver first = ones()) {
                HttpResponse<String> sent = put(first, LARGE);
                assertThat(sent.statusCode()).isEqualTo(200);
                assertThat(sent.body()).contains("\"version\":2");
                SmallDay.await()
                        .atMost(SOON)
                        .until(() -> archiver.bean(MappingStore.class).version("wechat") == 2);
            }
            assertThat(day.run(archiver, "wechat").run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(day.mail.count(BEN, "WeChat Archiver")).isEqualTo(1);
            assertThat(day.mail.count(SmallDay.MAILBOX, "WeChat Archiver")).isZero();
        }
        assertThat(other.mapping("wechat")).as("the file of the other stays").hasContent(OLD);

        try (RunningArchiver again = others()) {
            day.message("WECHAT", "two", "Beta");
            assertThat(day.run(again, "wechat").imported()).isEqualTo(1);
            assertThat(day.mail.count(BEN, "WeChat Archiver")).isEqualTo(2);
            JsonNode versions = versions(again);
            assertThat(versions).hasSize(2);
            assertThat(versions.path(0).path("by").asText()).isEqualTo("admin");
            assertThat(versions.path(0).path("size").asInt()).isEqualTo(LARGE.length());
            assertThat(versions.path(1).path("by").asText()).startsWith("file (archiver ");
            assertThat(new ApiClient(again)
                            .get("/api/connectors/wechat/mapping/versions/2")
                            .body())
                    .isEqualTo(LARGE);
        }
    }

    @Test
    void ofTwoThatAreSentAtTheSameTimeOneIsInForceEverywhereAndBothAreVersions() throws Exception {
        String here = OLD.replace(SmallDay.MAILBOX, "here@example.com");
        String there = OLD.replace(SmallDay.MAILBOX, "there@example.com");
        try (RunningArchiver first = ones();
                RunningArchiver second = others()) {
            CompletableFuture<HttpResponse<String>> one = CompletableFuture.supplyAsync(() -> put(first, here));
            CompletableFuture<HttpResponse<String>> two = CompletableFuture.supplyAsync(() -> put(second, there));
            assertThat(one.join().statusCode()).isEqualTo(200);
            assertThat(two.join().statusCode()).isEqualTo(200);

            SmallDay.await().atMost(SOON).until(() -> version(first) == 3 && version(second) == 3);
            assertThat(mailbox(first)).isEqualTo(mailbox(second)).isIn("here@example.com", "there@example.com");
            JsonNode versions = versions(first);
            assertThat(versions.findValuesAsText("state")).containsExactly("IN_FORCE", "REPLACED", "REPLACED");
            assertThat(versions.findValuesAsText("changed")).containsExactly("1", "1", "0");
        }
    }

    @Test
    void aBadFileOnOneDiskIsToldThereAndTheFormerMapsEverywhere() throws Exception {
        try (RunningArchiver first = ones();
                RunningArchiver second = others()) {
            Files.writeString(day.home.mapping("wechat"), HEADER + "x\n");
            SmallDay.await().atMost(SOON).until(() -> new ApiClient(first)
                    .get("/api/connectors")
                    .body()
                    .contains("The mapping file of 'wechat' is refused, the one in use stays: Line 2: "));
            assertThat(versions(second).findValuesAsText("state")).containsExactly("REFUSED", "IN_FORCE");
            assertThat(new ApiClient(second).get("/api/connectors").body()).doesNotContain("is refused");
            assertThat(first.bean(MappingSources.class).isUsable("wechat")).isTrue();
            assertThat(mailbox(first)).isEqualTo(mailbox(second)).isEqualTo(SmallDay.MAILBOX);

            assertThat(page(second))
                    .contains("Mapping files", "refused", "Line 2: ", "file (archiver ")
                    .contains("/console/setup/mappings/wechat/2.csv");
            assertThat(console(second, "/console/setup/mappings/wechat/2.csv")).isEqualTo(HEADER + "x\n");

            put(second, OLD.replace(SmallDay.MAILBOX, BEN));
            SmallDay.await().atMost(SOON).until(() -> version(first) == 3);
            assertThat(new ApiClient(first).get("/api/connectors").body()).doesNotContain("is refused");
        }
    }

    @Test
    void whatLandedForAnArchiverThatWasKilledBeforeItWasRecordedIsNobodysVersion() throws Exception {
        Path csv = folder.resolve("new.csv");
        Files.writeString(csv, OLD.replace(SmallDay.MAILBOX, BEN));
        Path landed = day.home.data().resolve("landing/wechat/mapping");
        try (ArchiverProcess archiver = process("killed");
                Connection recording = postgres.getPostgresDatabase().getConnection()) {
            recording.setAutoCommit(false);
            recording
                    .createStatement()
                    .executeQuery("select connector from mapping where connector = 'wechat' for update");
            CompletableFuture.runAsync(() -> {
                try {
                    archiver.map("wechat", csv);
                } catch (IOException | InterruptedException e) {
                    // It is killed meanwhile.
                }
            });
            SmallDay.await().atMost(SOON).until(() -> landed.toFile().list().length == 2);
            archiver.kill();
            recording.rollback();
        }
        try (ArchiverProcess archiver = process("again")) {
            JsonNode before = archiver.get("/api/connectors/wechat/mapping/versions");
            assertThat(before.path("items").findValuesAsText("state")).containsExactly("IN_FORCE");

            assertThat(archiver.map("wechat", csv).statusCode()).isEqualTo(200);

            JsonNode after = archiver.get("/api/connectors/wechat/mapping/versions");
            assertThat(after.path("items").findValuesAsText("state")).containsExactly("IN_FORCE", "REPLACED");
            assertThat(landed.toFile().list()).hasSize(2);
        }
    }

    private ArchiverProcess process(String log) throws IOException {
        return ArchiverProcess.start(
                "256m",
                day.home.data(),
                Map.ofEntries(
                        Map.entry("archiver.routes", day.home.routes().toString()),
                        Map.entry("archiver.data", day.home.data().toString()),
                        Map.entry(
                                "archiver.telemessage.base-url",
                                day.feed.baseUrl().toString()),
                        Map.entry("archiver.mapping.settle", "1ms"),
                        Map.entry("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres")),
                        Map.entry("spring.datasource.username", "postgres"),
                        Map.entry("spring.datasource.password", "postgres"),
                        Map.entry("archiver.exchange.imap.host", "127.0.0.1"),
                        Map.entry("archiver.exchange.imap.port", Integer.toString(day.mail.plainPort())),
                        Map.entry("archiver.exchange.imap.security", "none"),
                        Map.entry("archiver.exchange.imap.auth", "plain"),
                        Map.entry("archiver.exchange.imap.username", "nobody"),
                        Map.entry("archiver.exchange.imap.password", "nothing")),
                folder.resolve(log + ".log"));
    }

    private static String page(RunningArchiver archiver) throws IOException, InterruptedException {
        return console(archiver, ConsoleClient.CONNECTORS + "/wechat/runs");
    }

    private static String console(RunningArchiver archiver, String path) throws IOException, InterruptedException {
        String password = archiver.admin().read().value().orElseThrow();
        return ConsoleClient.of(archiver.port(), AdminPassword.USERNAME, password)
                .get(path)
                .body();
    }

    private RunningArchiver ones() {
        return landing.apply(day.settings()).on(postgres).start();
    }

    private RunningArchiver others() {
        return landing.apply(day.settings())
                .on(postgres)
                .set("archiver.routes", other.routes())
                .set("archiver.data", other.data())
                .start();
    }

    private static HttpResponse<String> put(RunningArchiver archiver, String csv) {
        try {
            return new ApiClient(archiver).put("/api/connectors/wechat/mapping", "text/csv", csv);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long version(RunningArchiver archiver) {
        return archiver.bean(MappingStore.class).version("wechat");
    }

    private static String mailbox(RunningArchiver archiver) {
        Mappings.Current.InUse current =
                (Mappings.Current.InUse) archiver.bean(MappingStore.class).current("wechat");
        return current.file().first().get(0).mailbox();
    }

    private static JsonNode versions(RunningArchiver archiver) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(new ApiClient(archiver)
                        .get("/api/connectors/wechat/mapping/versions")
                        .body())
                .path("items");
    }
}
