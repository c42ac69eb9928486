package org.chatarchiver.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chatarchiver.api.ProgressViews;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** What somebody who has just started the sandbox finds there. */
class SandboxTest {
    private static final Sandbox.Size SMALL = new Sandbox.Size(1_000, 120, Duration.ofSeconds(2));
    private static final Pattern TO_ADD =
            Pattern.compile("TeleMessage user (\\S+), password (\\S+), networks ([A-Z, ]+), mapping file (\\S+)");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The sandbox is quiet, and what runs behind it in this JVM is not to be. */
    @AfterEach
    void haveOthersSpeak() {
        LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
        logging.setLogLevel("org.chatarchiver.channel.ChannelLog", null);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void thereIsASlowRunToWatchAnEntryInEveryChannelAndAnAccountForAConnectorToAdd() throws Exception {
        try (Sandbox sandbox = new Sandbox(folder, SMALL, new PrintStream(out, true, StandardCharsets.UTF_8))) {
            RunningArchiver archiver = sandbox.run(0);

            Run slow = startedByHand(archiver);
            assertThat(slow.state()).as("still to be seen").isEqualTo(Run.State.RUNNING);
            assertThat(printed()).contains("/console/runs/" + slow.id());
            assertThat(archiver.bean(ProgressViews.class)
                            .of(slow.id())
                            .orElseThrow()
                            .itemsKnown())
                    .as("what is still to come counts")
                    .isGreaterThanOrEqualTo(SMALL.slowCount());
            List<Run> wechat = archiver.bean(Runs.class).list("wechat", 10, "");
            assertThat(wechat.get(wechat.size() - 1).state()).isEqualTo(Run.State.COMPLETE);
            theReaderLooksAndDoesNothing(archiver);
            whatIsToBeAddedIsThere(sandbox, archiver);
            await().atMost(Duration.ofSeconds(60)).until(() -> Arrays.stream(Channel.values())
                    .noneMatch(channel -> open(archiver, channel).isEmpty()));
            theBrokenHourIsFetchedByARequeue(archiver);
        }
    }

    @Test
    void whereItsPortIsInUseItSaysHowToChooseAnotherAndNoThreadKeepsTheProcessAlive() throws Exception {
        Set<Thread> before = lasting();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Sandbox sandbox = new Sandbox(folder, SMALL, new PrintStream(out, true, StandardCharsets.UTF_8));
            assertThatThrownBy(() -> sandbox.run(taken.getLocalPort())).isInstanceOf(RuntimeException.class);
            assertThat(printed())
                    .contains(
                            "The port " + taken.getLocalPort() + " is in use",
                            "-Dspring-boot.run.jvmArguments=-Dserver.port=");
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(lasting()).as("threads that are left").isSubsetOf(before));
    }

    private static Set<Thread> lasting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                // Of whoever waits for this.
                .filter(thread -> !thread.getName().startsWith("awaitility"))
                .collect(Collectors.toSet());
    }

    private String password(String user) {
        Matcher told = Pattern.compile("user " + user + ", password (\\S+)").matcher(printed());
        assertThat(told.find()).as(user).isTrue();
        return told.group(1);
    }

    private void theReaderLooksAndDoesNothing(RunningArchiver archiver) throws IOException, InterruptedException {
        FeedAccount reader = new FeedAccount("reader", password("reader"), Set.of());
        URI runs = URI.create("http://127.0.0.1:" + archiver.port() + "/api/connectors/wechat/runs");
        HttpRequest.Builder request = HttpRequest.newBuilder(runs).header("Authorization", reader.authorization());
        assertThat(status(request.GET())).isEqualTo(200);
        assertThat(status(request.POST(HttpRequest.BodyPublishers.noBody()))).isEqualTo(403);
    }

    private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void whatIsToBeAddedIsThere(Sandbox sandbox, RunningArchiver archiver) throws Exception {
        Matcher told = TO_ADD.matcher(printed());
        assertThat(told.find()).isTrue();
        assertThat(printed().substring(0, told.start()))
                .as("right behind the log-in")
                .hasLineCount(7);
        FeedAccount account = new FeedAccount(told.group(1), told.group(2), Set.of());
        JsonNode networks = feed(sandbox, account, FeedSimulator.ACCOUNT).path("networks");
        assertThat(networks)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(told.group(3).split(", "));
        Instant now = Instant.now();
        for (JsonNode network : networks) {
            String window = "&from=" + now.minus(Duration.ofDays(1)) + "&to=" + now;
            JsonNode page = feed(sandbox, account, FeedSimulator.MESSAGES + "?network=" + network.asText() + window);
            assertThat(page.path("totalCount").asInt()).isGreaterThan(50);
            assertThat(page.path("messages").findValuesAsText("messageId"))
                    .as("none that the main account has")
                    .allMatch(id -> id.contains(Branch.IDS));
        }
        assertThat(Files.readString(Path.of(told.group(4)))).startsWith("External User ID,Microsoft 365 User Mailbox");
        addedByItIsArchived(archiver, told);
    }

    private void addedByItIsArchived(RunningArchiver archiver, Matcher told) throws IOException, InterruptedException {
        String connector = new ObjectMapper()
                .createObjectNode()
                .put("id", "branch")
                .put("name", "Signal Archiver")
                .put("network", "SIGNAL")
                .put("folder", "Signal Archiver")
                .put("username", told.group(1))
                .put("password", told.group(2))
                .put("mapping", "file:" + told.group(4))
                .put("automaticMapping", true)
                .toString();
        FeedAccount admin = new FeedAccount("admin", password("admin"), Set.of());
        HttpRequest add = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + archiver.port() + "/api/connectors"))
                .header("Authorization", admin.authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(connector))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(add, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> archiver.bean(Connectors.class).find("branch").isPresent());
        String run = archiver.start("branch", false, null, null);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> archiver.report(run).run().state() == Run.State.COMPLETE);
        assertThat(archiver.report(run).imported()).isGreaterThan(50);
    }

    private static JsonNode feed(Sandbox sandbox, FeedAccount account, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.feed() + path))
                .header("Authorization", account.authorization())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static void theBrokenHourIsFetchedByARequeue(RunningArchiver archiver) {
        Channels.Entry broken = open(archiver, Channel.SOURCE).get(0);
        assertThat(broken.reason()).isEqualTo(Reason.CURSOR_REPEATED);
        archiver.bean(Channels.class).requeue(Channel.SOURCE, List.of(broken.id()), "admin");
        await().atMost(Duration.ofSeconds(120))
                .until(() -> open(archiver, Channel.SOURCE).isEmpty());
    }

    private static List<Channels.Entry> open(RunningArchiver archiver, Channel channel) {
        return archiver.bean(Channels.class).list(channel, 10, 0);
    }

    private static Run startedByHand(RunningArchiver archiver) {
        return archiver.bean(Runs.class).list(FieldTeam.CONNECTOR, 10, "").stream()
                .filter(run -> run.cause() == Run.Cause.MANUAL)
                .findFirst()
                .orElseThrow();
    }
}
