package org.chatarchiver.mime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Group;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;

/** A pair of {@code src/test/resources/mime}: a letter as JSON, and its e-mail. Absent strings are empty, absent objects null. */
record GoldenMessage(String name, ArchivedMessage archived, Path eml) {
    private static final Path FOLDER = Path.of("src/test/resources/mime");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String toString() {
        return name;
    }

    static List<GoldenMessage> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(GoldenMessage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldenMessage read(Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        try {
            JsonNode json = JSON.readTree(file.toFile());
            ArchivedMessage archived = new ArchivedMessage(
                    message(json),
                    json.path("connector").asText("wechat"),
                    json.path("connectorName").asText("WeChat Archiver"),
                    json.path("network").asText("WECHAT"),
                    "0123456789abcdef".repeat(4),
                    json.path("revision").asText(""));
            return new GoldenMessage(name, archived, file.resolveSibling(name + ".eml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Message message(JsonNode json) {
        JsonNode group = json.path("group");
        return new Message(
                json.path("id").asText(),
                Kind.valueOf(json.path("kind").asText()),
                json.path("about").asText(""),
                Instant.parse(json.path("time").asText()),
                json.path("context").asText(""),
                json.has("direction") ? Direction.valueOf(json.path("direction").asText()) : null,
                json.path("msisdn").asText(""),
                json.has("from") ? party(json.path("from")) : null,
                elements(json.path("to")).map(GoldenMessage::party).toList(),
                group.isMissingNode()
                        ? null
                        : new Group(
                                group.path("id").asText(""), group.path("name").asText("")),
                json.path("subject").asText(""),
                json.path("text").asText(""),
                json.path("eventType").asText(""),
                json.path("previousText").asText(""),
                json.has("call")
                        ? List.of(call(json.path("call")))
                        : elements(json.path("calls")).map(GoldenMessage::call).toList(),
                elements(json.path("attachments"))
                        .map(GoldenMessage::attachment)
                        .toList());
    }

    private static Party party(JsonNode json) {
        return new Party(
                json.path("value").asText(),
                json.path("firstName").asText(""),
                json.path("lastName").asText(""),
                json.path("email").asText(""));
    }

    private static Call call(JsonNode json) {
        return new Call(
                json.has("participant") ? party(json.path("participant")) : null,
                json.path("status").asInt(),
                json.has("start") ? Instant.parse(json.path("start").asText()) : null,
                json.has("end") ? Instant.parse(json.path("end").asText()) : null,
                json.has("seconds") ? Duration.ofSeconds(json.path("seconds").asLong()) : null);
    }

    private static Attachment attachment(JsonNode json) {
        return new Attachment(
                json.path("name").asText(""), json.path("contentType").asText(""), content(json));
    }

    private static Content content(JsonNode json) {
        if (json.has("absent")) {
            return new Content.Absent(
                    Content.Why.valueOf(json.path("absent").asText()),
                    json.path("size").asLong(-1),
                    json.path("sha256").asText(""));
        }
        byte[] bytes = Base64.getDecoder().decode(json.path("base64").asText(""));
        return new Content.InMemory(bytes, Mime4jReader.sha256(bytes));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
