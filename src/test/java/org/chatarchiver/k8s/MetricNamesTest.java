package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.AdminPassword;
import org.chatarchiver.servers.Certificates;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every metric of the alert rules and of the board is shown by an archiver that has archived something, with the labels that they ask by. */
@RequiresProgram(Manifests.KUBECTL)
class MetricNamesTest {
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String PASSWORD = "feed-secret";
    private static final Pattern SERIES = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final Pattern ASKED = Pattern.compile("\\b(?:by|without|on) \\(([a-z_, ]+)\\)");
    private static final Pattern NAME = Pattern.compile("\\b[a-z_]+\\b(?! *\\()");

    /** What Prometheus adds to whatever it has asked a pod for. */
    private static final Set<String> TARGET = Set.of("pod", "job", "namespace", "instance");

    /** Prometheus' own metric, and operators that stand between metrics. */
    private static final Set<String> NOT_OURS = Set.of("up", "unless");

    @TempDir
    static Path folder;

    /** With the names of the labels. */
    private static final Map<String, Set<String>> SHOWN = new TreeMap<>();

    private static Manifests manifests;

    @BeforeAll
    static void archive() throws Exception {
        manifests = Manifests.of("everything");
        Path store = folder.resolve("api.p12");
        Certificates.make(store, "changeit");
        Certificates.exportPem(store, "changeit", folder.resolve("tls.crt"), folder.resolve("tls.key"));
        ArchiverHome home = ArchiverHome.create(folder.resolve("archiver"))
                .connector(
                        "wechat",
                        NEVER,
                        "External User ID,Microsoft 365 User Mailbox\n+447700900123,ann@example.com\n",
                        PASSWORD);
        try (FeedSimulator feed = new FeedSimulator();
                EmbeddedMailServer mail = new EmbeddedMailServer(0, folder.resolve("mail"))) {
            feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT")));
            mail.create(Set.of("ann@example.com"));
            Instant received = Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
            feed.add("WECHAT", received, text("delivered", "+447700900123"));
            feed.add("WECHAT", received.plusSeconds(1), text("unmapped", "+447700900999"));
            try (RunningArchiver archiver = new RunningArchiver.Settings(home, feed)
                    .oauth(mail)
                    .set("archiver.exchange.probe-mailbox", "ann@example.com")
                    .set("server.ssl.bundle", "api")
                    .set("spring.ssl.bundle.pem.api.keystore.certificate", "file:" + folder.resolve("tls.crt"))
                    .set("spring.ssl.bundle.pem.api.keystore.private-key", "file:" + folder.resolve("tls.key"))
                    .start()) {
                String run = archiver.start("wechat", false, null, null);
                await("end of the run")
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> archiver.report(run).run().state() != Run.State.RUNNING);
                // What is absent until there is an age of it is added by the next look of the sweep.
                await("ages").atMost(Duration.ofMinutes(1)).until(() -> shown(archiver)
                        .keySet()
                        .containsAll(Set.of("archiver_watermark_age_seconds", "archiver_run_complete_age_seconds")));
                SHOWN.putAll(shown(archiver));
            }
        }
    }

    private static byte[] text(String id, String owner) {
        return """
                {"messageId": "ID", "messageContext": "app-message", "messageTime": "2025-03-04T09:00:00Z", "direction": "Out",
                 "msisdn": "OWNER", "from": "OWNER", "to": ["wxid_outside"], "textContent": "Text"}""".replace("ID", id).replace("OWNER", owner).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Set<String>> shown(RunningArchiver archiver) throws IOException, InterruptedException {
        String login =
                AdminPassword.USERNAME + ":" + archiver.admin().read().value().orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + archiver.port() + "/actuator/prometheus"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        String body = HttpClient.newBuilder()
                .sslContext(Certificates.trustingAll())
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        Map<String, Set<String>> shown = new TreeMap<>();
        body.lines().forEach(line -> {
            Matcher series = SERIES.matcher(line);
            if (series.matches()) {
                Set<String> labels = shown.computeIfAbsent(series.group(1), name -> new HashSet<>());
                Matcher label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
                while (label.find()) {
                    labels.add(label.group(1));
                }
            }
        });
        return shown;
    }

    @Test
    void whatTheRulesAskForIsShown() {
        List<String> expressions =
                manifests.of(Manifests.Kind.PrometheusRule).get(0).findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(10).allSatisfy(MetricNamesTest::isShown);
    }

    @Test
    void whatTheBoardAsksForIsShown() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonNode board : manifests.configMap("chat-archiver-board")) {
            expressions.addAll(new ObjectMapper().readTree(board.asText()).findValuesAsText("expr"));
        }
        assertThat(expressions).hasSizeGreaterThan(10).allSatisfy(MetricNamesTest::isShown);
    }

    @Test
    void everyGaugeThatTheReadmeTellsToAlertOnHasARule() throws IOException {
        String rules = String.join(
                " ", manifests.of(Manifests.Kind.PrometheusRule).get(0).findValuesAsText("expr"));
        String told = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("The same as gauges in"))
                .findFirst()
                .orElseThrow();
        Set<String> gauges = new TreeSet<>();
        Matcher gauge = Pattern.compile("`(archiver_[a-z_]+)`").matcher(told);
        while (gauge.find()) {
            gauges.add(gauge.group(1));
        }
        // Items that wait are no trouble by themselves: those that wait too long are in a channel.
        gauges.remove("archiver_items_waiting");
        assertThat(gauges).hasSizeGreaterThan(10).allSatisfy(name -> assertThat(rules)
                .contains(name));
    }

    @Test
    void whatTheTableOfMetricsNamesIsShownWithItsLabels() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("src/main/java/org/chatarchiver/observation/README.md")).stream()
                .filter(line -> line.startsWith("| `archiver_"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> {
            String[] cells = row.split(" \\| ");
            assertThat(names(cells[0])).allSatisfy(name -> assertThat(SHOWN)
                    .hasEntrySatisfying(name, labels -> assertThat(labels).containsAll(names(cells[1]))));
        });
    }

    private static List<String> names(String cell) {
        return Pattern.compile("`([a-z_]+)`")
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void everyAlertHasItsRowInTheReadme() throws IOException {
        String readme = Files.readString(Path.of("k8s/README.md"));
        assertThat(manifests.of(Manifests.Kind.PrometheusRule).get(0).findValuesAsText("alert"))
                .allSatisfy(alert -> assertThat(readme).contains("| `" + alert + "` |"));
    }

    private static void isShown(String expression) {
        Set<String> asked = new HashSet<>();
        Matcher labels = ASKED.matcher(expression);
        while (labels.find()) {
            asked.addAll(List.of(labels.group(1).split(", ")));
        }
        asked.removeAll(TARGET);
        String bare = labels.replaceAll(" ").replaceAll("\\{[^}]*}|\\[[^]]*]", "");
        Matcher name = NAME.matcher(bare);
        assertThat(name.find()).as(expression).isTrue();
        do {
            if (!NOT_OURS.contains(name.group())) {
                assertThat(SHOWN).as(expression).containsKey(name.group());
                assertThat(SHOWN.get(name.group())).as(expression).containsAll(asked);
            }
        } while (name.find());
    }
}
