package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A client that does nothing by itself: what the simulator says is what a test sees. */
final class FeedClient {
    static final FeedAccount OPS = new FeedAccount("ops", "pä:ss", Set.of("WECHAT", "WHATSAPP"));
    static final String DAY = "from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FeedSimulator feed;

    FeedClient(FeedSimulator feed) {
        this.feed = feed;
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(feed.baseUrl() + pathAndQuery))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", OPS.authorization());
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    CompletableFuture<HttpResponse<byte[]>> sendLater(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String pathAndQuery) throws IOException, InterruptedException {
        return send(request(pathAndQuery));
    }

    HttpResponse<byte[]> messages(String query) throws IOException, InterruptedException {
        return get(FeedSimulator.MESSAGES + "?" + query);
    }

    JsonNode page(String query) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = messages(query);
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return new ObjectMapper().readTree(answer.body());
    }
}
