package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.chatarchiver.msexchange.transport.RetryAfter;

/**
 * JSON batching: several requests in one. Each depends on the one before it, so they run in their order and one at a time: unordered ones
 * run at once and in any order, and Exchange Online refuses a fifth for one mailbox. What stands behind one that fails is not run, and
 * answered with {@link GraphAnswer#NOT_RUN}.
 */
final class GraphBatch {
    static final int MOST_REQUESTS = 20;

    /** Graph takes 4 MB; whether of 1000 or 1024 kB is said nowhere. */
    static final int MOST_BYTES = 4_000_000;

    private static final int FRAME = 320;

    /** The headers of the batch are not those of what is in it. */
    private static final String PREFER =
            "\",\"" + GraphRequest.PREFER + "\":\"" + GraphRequest.IMMUTABLE_IDS.replace("\"", "\\\"") + '"';

    private final String basePath;
    private final URI url;
    private final List<GraphRequest> requests = new ArrayList<>();
    private long bytes = FRAME;

    /** @param baseUrl of Graph, with the version */
    GraphBatch(URI baseUrl) {
        basePath = baseUrl.toString().replaceFirst("/$", "");
        url = URI.create(basePath + "/$batch");
    }

    /** Whether it has room for the request; an empty one has room for any. */
    boolean fits(GraphRequest request) {
        return requests.isEmpty() || requests.size() < MOST_REQUESTS && bytes + size(request) <= MOST_BYTES;
    }

    void add(GraphRequest request) {
        requests.add(request);
        bytes += size(request);
    }

    int size() {
        return requests.size();
    }

    private static long size(GraphRequest request) {
        return request.body().length + request.uri().toString().length() + FRAME;
    }

    /** As one request; the single one as it is, since a batch would gain nothing. */
    GraphRequest request() {
        if (requests.size() == 1) {
            return requests.get(0);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) bytes);
        write(out, "{\"requests\":[");
        for (int i = 0; i < requests.size(); i++) {
            GraphRequest request = requests.get(i);
            write(
                    out,
                    (i == 0 ? "" : ",") + "{\"id\":\"" + i + "\",\"method\":\"" + request.method() + "\",\"url\":\"");
            // Percent-encoded, hence without quotes and backslashes.
            write(out, request.uri().toString().substring(basePath.length()) + '"');
            write(out, i == 0 ? "" : ",\"dependsOn\":[\"" + (i - 1) + "\"]");
            write(out, ",\"headers\":{\"" + GraphRequest.ID + "\":\"" + UUID.randomUUID() + PREFER);
            if (request.body().length > 0) {
                write(out, ",\"Content-Type\":\"application/json\"},\"body\":");
                out.writeBytes(request.body());
                write(out, "}");
            } else {
                write(out, "}}");
            }
        }
        write(out, "]}");
        return new GraphRequest("POST", url, out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The answers in the order of the requests; those that are missing have the status 0.
     *
     * @param whole the answer to {@link #request()}, a good one
     */
    List<GraphAnswer> answers(GraphAnswer whole) throws IOException {
        if (requests.size() == 1) {
            return List.of(whole);
        }
        JsonNode responses = whole.body().path("responses");
        if (!responses.isArray()) {
            throw new IOException("the answer to a batch has no answers in it");
        }
        GraphAnswer[] answers = new GraphAnswer[requests.size()];
        Arrays.fill(answers, new GraphAnswer(0, null, MissingNode.getInstance()));
        for (JsonNode response : responses) {
            String id = response.path("id").asText();
            if (id.matches("\\d{1,3}") && Integer.parseInt(id) < answers.length) {
                answers[Integer.parseInt(id)] = answer(response);
            }
        }
        return List.of(answers);
    }

    private static GraphAnswer answer(JsonNode response) {
        String retryAfter = response.path("headers").path("Retry-After").asText(null);
        return new GraphAnswer(response.path("status").asInt(), RetryAfter.parse(retryAfter), response.path("body"));
    }
}
