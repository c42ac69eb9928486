package org.chatarchiver.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What is said to {@link GraphStub}, and what it says. */
final class GraphExchange {
    static final ObjectMapper JSON = new ObjectMapper();

    private GraphExchange() {}

    /** The same with other names of fields. */
    static JsonNode spelled(JsonNode body, UnaryOperator<String> names) {
        if (body.isObject()) {
            ObjectNode other = JSON.createObjectNode();
            body.properties()
                    .forEach(field -> other.set(names.apply(field.getKey()), spelled(field.getValue(), names)));
            return other;
        }
        if (body.isArray()) {
            ArrayNode other = JSON.createArrayNode();
            body.forEach(one -> other.add(spelled(one, names)));
            return other;
        }
        return body;
    }

    /**
     * A request, alone or of a batch.
     *
     * @param path decoded, by its segments
     * @param query decoded
     * @param body a missing node where there is none
     */
    record Request(String method, List<String> path, Map<String, String> query, JsonNode body) {
        /** @param url percent-encoded, from the version on */
        static Request of(String method, String url, JsonNode body) {
            String[] parts = url.split("\\?", 2);
            Map<String, String> query = parts.length == 1
                    ? Map.of()
                    : Arrays.stream(parts[1].split("&"))
                            .map(one -> one.split("=", 2))
                            .collect(Collectors.toMap(one -> decoded(one[0]), one -> decoded(one[1])));
            List<String> path = Arrays.stream(parts[0].replaceFirst("^/", "").split("/"))
                    .map(Request::decoded)
                    .toList();
            return new Request(method, path, query, body);
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        /** Such as {@code POST users/?/mailFolders/?/messages}. */
        String shape() {
            StringBuilder shape = new StringBuilder(method);
            for (int i = 0; i < path.size(); i++) {
                boolean id = i % 2 == 1 && !(i == path.size() - 1 && path.get(i).equals("createUploadSession"));
                shape.append(i == 0 ? " " : "/").append(id ? "?" : path.get(i));
            }
            return shape.toString();
        }

        String mailbox() {
            return path.size() > 1 && path.get(0).equals("users") ? path.get(1) : "";
        }
    }

    /** An answer, alone or in that to a batch. */
    record Answer(int status, Map<String, String> headers, JsonNode body) {
        static Answer of(int status, JsonNode body) {
            return new Answer(status, Map.of(), body);
        }

        static Answer none(int status) {
            return new Answer(status, Map.of(), MissingNode.getInstance());
        }

        static Answer error(int status, String code, String message) {
            ObjectNode body = JSON.createObjectNode();
            body.putObject("error").put("code", code).put("message", message);
            return of(status, body);
        }

        Answer retryAfter(String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put("Retry-After", value);
            return new Answer(status, more, body);
        }
    }
}
