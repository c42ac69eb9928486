package org.chatarchiver.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A message of {@code every-kind.json} and the e-mail that {@code mime.md} makes of it.
 *
 * @param message as the feed gives it
 * @param again whether it is a further revision of a message before it
 * @param expected the fields beside {@code message}
 */
record EveryKind(ObjectNode message, boolean again, JsonNode expected) {

    static List<EveryKind> all() throws IOException {
        JsonNode file;
        try (InputStream in = EveryKind.class.getResourceAsStream("/endtoend/every-kind.json")) {
            file = new ObjectMapper().readTree(in);
        }
        List<EveryKind> all = new ArrayList<>();
        for (JsonNode one : file.path("messages")) {
            ObjectNode message = one.path("message").deepCopy();
            name(message, file.path("people"));
            all.add(new EveryKind(message, one.path("again").asBoolean(), one));
        }
        return all;
    }

    /** Puts the people's values and the enriched fields in the place of {@code @ann}. */
    private static void name(ObjectNode message, JsonNode people) {
        JsonNode from = people.path(message.path("from").asText().substring(1));
        message.set("from", from.path("value"));
        message.set("fromEnriched", from);
        ArrayNode values = message.arrayNode();
        ArrayNode enriched = message.putArray("toEnriched");
        for (JsonNode to : message.path("to")) {
            JsonNode person = people.path(to.asText().substring(1));
            values.add(person.path("value"));
            enriched.add(person);
        }
        message.set("to", values);
    }

    String id() {
        return message.path("messageId").asText();
    }

    String text(String field) {
        return expected.path(field).asText();
    }

    List<String> texts(String field) {
        return StreamSupport.stream(expected.path(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    JsonNode files() {
        return expected.path("files");
    }
}
