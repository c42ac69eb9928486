package org.chatarchiver.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.sandbox.FeedClient.DAY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedSimulatorTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

    private FeedSimulator feed;
    private FeedClient client;

    @BeforeEach
    void start() throws IOException {
        feed = new FeedSimulator();
        feed.account(FeedClient.OPS);
        client = new FeedClient(feed);
    }

    @AfterEach
    void stop() throws IOException {
        feed.close();
    }

    private void add(String id, Instant received) {
        feed.add("WECHAT", received, ("{\"messageId\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> ids(JsonNode page) {
        return page.path("messages").findValuesAsText("messageId");
    }

    @Test
    void accountTellsItsNameAndNetworks() throws Exception {
        HttpResponse<byte[]> answer = client.get(FeedSimulator.ACCOUNT);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"account\":\"ops\"", "\"networks\":[\"WECHAT\",\"WHATSAPP\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {FeedSimulator.ACCOUNT, FeedSimulator.MESSAGES, FeedSimulator.ATTACHMENTS + "1"})
    void wrongPasswordIsRefusedEverywhere(String path) throws Exception {
        String wrong = new FeedAccount("ops", "guess", Set.of()).authorization();
        assertThat(client.send(client.request(path).setHeader("Authorization", wrong))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void accountWithoutNetworksIsForbidden() throws Exception {
        FeedAccount nobody = new FeedAccount("nobody", "x", Set.of());
        feed.account(nobody);
        HttpRequest.Builder request = client.request(FeedSimulator.ACCOUNT);
        assertThat(client.send(request.setHeader("Authorization", nobody.authorization()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void everyAccountIsToldItsOwnNetworksAndGetsOnlyThose() throws Exception {
        for (String network : FeedAccount.NETWORKS) {
            FeedAccount account = new FeedAccount("of-" + network, "secret of " + network, Set.of(network));
            feed.account(account);
            feed.add(network, MIDNIGHT, ("{\"messageId\":\"" + network + "\"}").getBytes(StandardCharsets.UTF_8));
            JsonNode told = body(account, FeedSimulator.ACCOUNT);
            assertThat(told.path("account").asText()).isEqualTo(account.user());
            assertThat(told.path("networks")).hasSize(1).first().matches(one -> one.asText()
                    .equals(network));
            String messages = FeedSimulator.MESSAGES + "?" + DAY + "&network=";
            assertThat(ids(body(account, messages + network))).containsExactly(network);
            String other = network.equals("O2") ? "BELL" : "O2";
            assertThat(answer(account, messages + other).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void accountApartGetsItsOwnMessagesAlone() throws Exception {
        FeedAccount branch = new FeedAccount("branch", "x", Set.of("WECHAT")).withItsOwnTraffic();
        feed.account(branch);
        add("head office", MIDNIGHT);
        feed.add(branch.lane("WECHAT"), MIDNIGHT, "{\"messageId\":\"branch\"}".getBytes(StandardCharsets.UTF_8));
        String wechat = "network=WECHAT&" + DAY;
        assertThat(ids(client.page(wechat))).containsExactly("head office");
        JsonNode own = body(branch, FeedSimulator.MESSAGES + "?" + wechat);
        assertThat(ids(own)).containsExactly("branch");
        assertThat(own.path("totalCount").asInt()).isEqualTo(1);
    }

    @Test
    void slowAccountGetsSmallPagesWithAPauseBeforeEach() throws Exception {
        FeedAccount slow = new FeedAccount("slow", "x", Set.of("WECHAT")).slowly(2, Duration.ofMillis(300));
        feed.account(slow);
        IntStream.range(0, 3).forEach(n -> add("m" + n, MIDNIGHT));
        Instant asked = Instant.now();
        JsonNode page = body(slow, FeedSimulator.MESSAGES + "?network=WECHAT&limit=1000&" + DAY);
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(ids(page)).containsExactly("m0", "m1");
        assertThat(page.path("totalCount").asInt()).isEqualTo(3);
        assertThat(page.path("nextCursor").asText()).isNotEmpty();
    }

    private HttpResponse<byte[]> answer(FeedAccount account, String path) throws IOException, InterruptedException {
        return client.send(client.request(path).setHeader("Authorization", account.authorization()));
    }

    private JsonNode body(FeedAccount account, String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(answer(account, path).body());
    }

    @Test
    void networkOfAnotherAccountIsForbidden() throws Exception {
        assertThat(client.messages("network=SIGNAL&" + DAY).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                DAY,
                "network=&" + DAY,
                "network=WECHAT&from=2026-11-20T00:00:00Z",
                "network=WECHAT&to=2026-11-20T00:00:00Z",
                "network=WECHAT&from=yesterday&to=2026-11-20T00:00:00Z",
                "network=WECHAT&from=2026-11-20&to=2026-11-21",
                "network=WECHAT&from=2026-11-20T00:00:00&to=2026-11-21T00:00:00Z",
                "network=WECHAT&from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z",
                "network=WECHAT&network=WECHAT&" + DAY,
                "network=WECHAT&limit=0&" + DAY,
                "network=WECHAT&limit=-1&" + DAY,
                "network=WECHAT&limit=many&" + DAY,
                "network=WECHAT&cursor=guessed&" + DAY,
                "network=WECHAT&cursor=&" + DAY
            })
    void missingOrWrongParameterIsABadRequest(String query) throws Exception {
        assertThat(client.messages(query).statusCode()).isEqualTo(400);
    }

    @Test
    void windowIsHalfOpenAndByTheTimeOfReceipt() throws Exception {
        add("before", MIDNIGHT.minusNanos(1));
        add("end", MIDNIGHT.plusSeconds(86_400));
        add("late", MIDNIGHT.plusSeconds(86_399));
        add("first", MIDNIGHT);
        JsonNode page = client.page("network=WECHAT&" + DAY);
        assertThat(ids(page)).containsExactly("first", "late");
        assertThat(page.path("totalCount").asInt()).isEqualTo(2);
        assertThat(page.has("nextCursor")).isFalse();
        assertThat(ids(client.page("network=WHATSAPP&" + DAY))).isEmpty();
    }

    @Test
    void pagesFollowEachOtherByCursorWithTheTotalOnEach() throws Exception {
        IntStream.range(0, 7).forEach(n -> add("m" + n, MIDNIGHT.plusSeconds(n / 2)));
        List<String> seen = new ArrayList<>();
        String cursor = "";
        JsonNode page;
        do {
            page = client.page("network=WECHAT&limit=3&" + DAY + cursor);
            assertThat(page.path("totalCount").asInt()).isEqualTo(7);
            assertThat(page.path("messages").size()).isLessThanOrEqualTo(3);
            seen.addAll(ids(page));
            cursor = "&cursor=" + page.path("nextCursor").asText();
        } while (page.hasNonNull("nextCursor"));
        assertThat(seen).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6");
        assertThat(page.has("nextCursor")).as("null, not absent").isTrue();
    }

    @Test
    void cursorHoldsForItsOwnQueryOnlyAndUntilItIsOld() throws Exception {
        IntStream.range(0, 3).forEach(n -> add("m" + n, MIDNIGHT));
        String cursor =
                client.page("network=WECHAT&limit=2&" + DAY).path("nextCursor").asText();
        assertThat(client.messages("network=WHATSAPP&" + DAY + "&cursor=" + cursor)
                        .statusCode())
                .isEqualTo(400);
        assertThat(ids(client.page("network=WECHAT&" + DAY + "&cursor=" + cursor)))
                .containsExactly("m2");
        feed.expireCursors();
        assertThat(client.messages("network=WECHAT&" + DAY + "&cursor=" + cursor)
                        .statusCode())
                .isEqualTo(410);
    }

    @Test
    void limitIsAThousandUnlessAskedOtherwise() throws Exception {
        IntStream.range(0, 1001).forEach(n -> add("m" + n, MIDNIGHT));
        assertThat(client.page("network=WECHAT&" + DAY).path("messages")).hasSize(1000);
        assertThat(client.page("network=WECHAT&limit=2000&" + DAY).path("messages"))
                .hasSize(1001);
    }

    @Test
    void repeatedMessageIsServedTwiceAndCountedOnce() throws Exception {
        add("m", MIDNIGHT);
        feed.addAgain("WECHAT", MIDNIGHT, out -> out.write("{\"messageId\":\"m\"}".getBytes(StandardCharsets.UTF_8)));
        JsonNode page = client.page("network=WECHAT&" + DAY);
        assertThat(ids(page)).containsExactly("m", "m");
        assertThat(page.path("totalCount").asInt()).isEqualTo(1);
    }

    @Test
    void gzipIsSentOnlyWhenAskedFor() throws Exception {
        add("m", MIDNIGHT);
        String path = FeedSimulator.MESSAGES + "?network=WECHAT&" + DAY;
        HttpResponse<byte[]> plain = client.get(path);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        HttpResponse<byte[]> refused =
                client.send(client.request(path).header("Accept-Encoding", "gzip;q=0, identity"));
        assertThat(refused.body()).isEqualTo(plain.body());
        HttpResponse<byte[]> packed = client.send(client.request(path).header("Accept-Encoding", "br, gzip;q=0.8"));
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void attachmentIsServedByIdUntilItIsGone() throws Exception {
        feed.attachment("a1", MessageWriter.of(new byte[] {0, 1, 2}));
        assertThat(client.get(FeedSimulator.ATTACHMENTS + "a1").body()).containsExactly(0, 1, 2);
        feed.forgetAttachment("a1");
        assertThat(client.get(FeedSimulator.ATTACHMENTS + "a1").statusCode()).isEqualTo(404);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(client.get("/archive/v2/messages").statusCode()).isEqualTo(404);
        assertThat(client.send(client.request(FeedSimulator.ACCOUNT).DELETE()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void requestsAreKeptWithoutThePassword() throws Exception {
        client.send(client.request(FeedSimulator.ACCOUNT + "?a=b").header("X-Trace", "7"));
        FeedRequest seen = feed.requests().get(0);
        assertThat(seen.path()).isEqualTo(FeedSimulator.ACCOUNT);
        assertThat(seen.query()).isEqualTo("a=b");
        assertThat(seen.headers()).containsEntry("x-trace", "7").containsEntry("authorization", "Basic ops");
    }

    @Test
    void hugePageIsMadeWhileItIsRead() throws Exception {
        GeneratedContent content = new GeneratedContent(300_000_001L, 1);
        feed.add(
                "WECHAT",
                MIDNIGHT,
                LargeMessage.withAttachment(
                        JsonNodeFactory.instance.objectNode().put("messageId", "huge"),
                        "film.mp4",
                        "video/mp4",
                        content));
        HttpRequest request = client.request(FeedSimulator.MESSAGES + "?network=WECHAT&" + DAY)
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            assertThat(in.skip(Long.MAX_VALUE)).isGreaterThan(400_000_001L);
        }
    }
}
