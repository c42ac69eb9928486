package org.chatarchiver.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chatarchiver.sandbox.FeedClient.DAY;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedFaultsTest {
    private static final String QUERY = "network=WECHAT&limit=1&" + DAY;

    private FeedSimulator feed;
    private FeedClient client;

    @BeforeEach
    void start() throws IOException {
        feed = new FeedSimulator();
        feed.account(FeedClient.OPS);
        client = new FeedClient(feed);
        for (int n = 0; n < 3; n++) {
            byte[] json = ("{\"messageId\":\"m" + n + "\"}").getBytes(StandardCharsets.UTF_8);
            feed.add("WECHAT", Instant.parse("2026-11-20T10:00:00Z"), json);
        }
    }

    @AfterEach
    void stop() throws IOException {
        feed.close();
    }

    @Test
    void statusIsGivenAsOftenAsAskedForAndOnlyForPages() throws Exception {
        feed.fail(2, 429, "3");
        assertThat(client.get(FeedSimulator.ACCOUNT).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> throttled = client.messages(QUERY);
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("3");
        assertThat(client.messages(QUERY).statusCode()).isEqualTo(429);
        assertThat(client.messages(QUERY).statusCode()).isEqualTo(200);
        assertThat(feed.faultsLeft()).isZero();
    }

    @Test
    void faultCanBeForAttachmentsAlone() throws Exception {
        feed.attachment("a", MessageWriter.of(new byte[1]));
        feed.fault(FeedSimulator.ATTACHMENTS, 1, Fault.status(503, null));
        assertThat(client.messages(QUERY).statusCode()).isEqualTo(200);
        assertThat(client.get(FeedSimulator.ATTACHMENTS + "a").statusCode()).isEqualTo(503);
    }

    @Test
    void cutBodyEndsBeforeItsLength() {
        feed.fault(1, new Fault.CutBody());
        assertThatThrownBy(() -> client.messages(QUERY)).isInstanceOf(IOException.class);
    }

    @Test
    void cutGzipArrivesWholeButCannotBeUnpacked() throws Exception {
        feed.fault(1, new Fault.CutContent());
        HttpResponse<byte[]> answer =
                client.send(client.request(FeedSimulator.MESSAGES + "?" + QUERY).header("Accept-Encoding", "gzip"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                .isInstanceOf(IOException.class);
    }

    @Test
    void htmlComesWithStatus200() throws Exception {
        feed.fault(1, Fault.html());
        HttpResponse<byte[]> answer = client.messages(QUERY);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith('<');
    }

    @Test
    void redirectNamesItsTarget() throws Exception {
        feed.fault(1, Fault.redirect("http://127.0.0.1:1/elsewhere"));
        HttpResponse<byte[]> answer = client.messages(QUERY);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("http://127.0.0.1:1/elsewhere");
    }

    @Test
    void cursorRepeatsItself() throws Exception {
        feed.fault(1, new Fault.RepeatedCursor());
        String cursor = client.page(QUERY).path("nextCursor").asText();
        assertThat(client.page(QUERY + "&cursor=" + cursor).path("nextCursor").asText())
                .isEqualTo(cursor);
    }

    @Test
    void totalIsWrongByAsMuchAsAskedFor() throws Exception {
        feed.fault(1, new Fault.WrongTotal(2));
        assertThat(client.page(QUERY).path("totalCount").asInt()).isEqualTo(5);
    }

    @Test
    void clockIsOff() throws Exception {
        feed.clockOffset(Duration.ofHours(-2));
        String date = client.messages(QUERY).headers().firstValue("Date").orElseThrow();
        Instant told =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        assertThat(Duration.between(told, Instant.now())).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
    }

    @Test
    void resetBreaksTheConnection() {
        feed.fault(1, new Fault.Reset(5));
        assertThatThrownBy(() -> client.messages(QUERY)).isInstanceOf(IOException.class);
    }

    @Test
    void stallSaysNothingMore() {
        feed.fault(1, new Fault.Stall(5));
        // The JDK client's own time-out ends with the head of the answer, so it would wait for the body for ever.
        assertThat(client.sendLater(client.request(FeedSimulator.MESSAGES + "?" + QUERY)))
                .failsWithin(Duration.ofMillis(300))
                .withThrowableOfType(TimeoutException.class);
    }

    @Test
    void silenceSaysNothingAtAll() {
        feed.fault(FeedSimulator.ACCOUNT, 1, new Fault.Silence());
        assertThat(client.sendLater(client.request(FeedSimulator.ACCOUNT)))
                .failsWithin(Duration.ofMillis(300))
                .withThrowableOfType(TimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500})
    void logInCanBeAnsweredWithAnyStatus(int status) throws Exception {
        feed.fault(FeedSimulator.ACCOUNT, 1, Fault.status(status, "7"));
        HttpResponse<byte[]> answer = client.get(FeedSimulator.ACCOUNT);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(client.get(FeedSimulator.ACCOUNT).statusCode()).isEqualTo(200);
    }

    @Test
    void logInCanBeAnsweredWithAPageAndWithOtherJson() throws Exception {
        feed.fault(FeedSimulator.ACCOUNT, 1, Fault.html());
        feed.fault(FeedSimulator.ACCOUNT, 1, Fault.body("{\"networks\":\"WECHAT\"}"));
        assertThat(client.get(FeedSimulator.ACCOUNT).body()).startsWith('<');
        assertThat(client.get(FeedSimulator.ACCOUNT).body()).asString().isEqualTo("{\"networks\":\"WECHAT\"}");
    }

    @Test
    void logInCanDrip() throws Exception {
        feed.fault(FeedSimulator.ACCOUNT, 1, new Fault.Drip(Duration.ofMillis(1)));
        assertThat(client.get(FeedSimulator.ACCOUNT).body()).asString().contains("networks");
    }

    @Test
    void logInCanBeAnsweredByAHundredMegabytes() throws Exception {
        feed.fault(FeedSimulator.ACCOUNT, 1, new Fault.Huge(100_000_000));
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(client.request(FeedSimulator.ACCOUNT).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            assertThat(in.skip(Long.MAX_VALUE)).isGreaterThan(100_000_000);
        }
    }

    @Test
    void dripArrivesInTheEnd() throws Exception {
        feed.fault(1, new Fault.Drip(Duration.ofMillis(1)));
        assertThat(client.page(QUERY).path("messages")).hasSize(1);
    }
}
