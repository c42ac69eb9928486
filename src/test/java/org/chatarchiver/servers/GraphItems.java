package org.chatarchiver.servers;

import static org.chatarchiver.servers.GraphExchange.JSON;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chatarchiver.servers.GraphExchange.Answer;
import org.chatarchiver.servers.GraphExchange.Request;
import org.chatarchiver.servers.GraphMailbox.File;
import org.chatarchiver.servers.GraphMailbox.Item;

/** What Graph does with the messages of a mailbox; what Exchange would refuse, ignore or alter is refused. */
final class GraphItems {
    private static final Set<String> FIELDS = Set.of(
            "subject",
            "body",
            "internetMessageId",
            "isRead",
            "from",
            "sender",
            "toRecipients",
            "singleValueExtendedProperties",
            "attachments");
    private static final Set<String> FILE_FIELDS =
            Set.of("@odata.type", "name", "contentType", "contentBytes", "isInline");
    private static final Pattern PROPERTY =
            Pattern.compile("(Integer|String|SystemTime) (0x[0-9A-F]{4}|\\{[0-9a-fA-F-]{36}} Name [!-~]+)");
    private static final Pattern BY_MESSAGE_ID = Pattern.compile("internetMessageId eq '(.*)'");
    private static final Pattern BY_TIME =
            Pattern.compile("receivedDateTime ge (\\S+Z) and receivedDateTime lt (\\S+Z)");
    private static final int LISTED = 60;
    private static final Pattern ONE_PROPERTY =
            Pattern.compile("singleValueExtendedProperties\\(\\$filter=id eq '(.*)'\\)");

    private final GraphUploads uploads;
    private volatile int belowInPost = 3 * 1024 * 1024;

    private final Supplier<String> baseUrl;

    GraphItems(GraphUploads uploads, Supplier<String> baseUrl) {
        this.uploads = uploads;
        this.baseUrl = baseUrl;
    }

    void takeBelow(int bytes) {
        belowInPost = bytes;
    }

    Answer create(GraphMailbox mailbox, Request request) throws IOException {
        String folder = request.path().get(3);
        if (!mailbox.folders().containsKey(folder)) {
            return Answer.error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
        }
        List<String> unknown = unknown(request.body(), FIELDS);
        if (!unknown.isEmpty()) {
            return Answer.error(400, "RequestBodyRead", "The property '" + unknown + "' does not exist.");
        }
        Map<String, Object> fields = JSON.convertValue(request.body(), new TypeReference<>() {});
        Item item = new Item(mailbox.newId(), folder, fields);
        Answer refused = setProperties(item, request.body());
        for (JsonNode file : request.body().path("attachments")) {
            refused = refused == null ? attach(mailbox, item, file) : refused;
        }
        if (refused != null) {
            return refused;
        }
        fields.remove("attachments");
        mailbox.items().add(item);
        ObjectNode made = JSON.createObjectNode().put("id", item.id).put("parentFolderId", folder);
        made.put("isDraft", item.draft()).put("internetMessageId", item.messageId());
        return Answer.of(201, made);
    }

    private static List<String> unknown(JsonNode body, Set<String> known) {
        List<String> unknown = new ArrayList<>();
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    private static Answer setProperties(Item item, JsonNode body) {
        for (JsonNode property : body.path("singleValueExtendedProperties")) {
            String id = property.path("id").asText();
            if (!PROPERTY.matcher(id).matches() || !property.path("value").isTextual()) {
                return Answer.error(400, "ErrorInvalidArgument", "The property '" + id + "' is not valid.");
            }
            item.properties().put(id, property.path("value").asText());
        }
        return null;
    }

    private Answer attach(GraphMailbox mailbox, Item item, JsonNode file) throws IOException {
        List<String> unknown = unknown(file, FILE_FIELDS);
        if (!unknown.isEmpty()
                || !file.path("@odata.type").asText().equals("#microsoft.graph.fileAttachment")
                || file.path("name").asText().isEmpty()) {
            return Answer.error(400, "ErrorInvalidArgument", "This is no file attachment: " + unknown);
        }
        byte[] content = file.path("contentBytes").binaryValue();
        if (content.length >= belowInPost) {
            return Answer.error(413, "ErrorAttachmentSizeLimitExceeded", "The attachment is too large.");
        }
        item.files()
                .add(new File(
                        mailbox.newId(),
                        file.path("name").asText(),
                        file.path("contentType").asText(),
                        content));
        return null;
    }

    Answer find(GraphMailbox mailbox, Request request) {
        String folder = request.path().get(3);
        if (!mailbox.folders().containsKey(folder)) {
            return Answer.error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
        }
        Matcher time = BY_TIME.matcher(request.query().getOrDefault("$filter", ""));
        if (time.matches()) {
            return received(mailbox, request, Instant.parse(time.group(1)), Instant.parse(time.group(2)));
        }
        Matcher filter = BY_MESSAGE_ID.matcher(request.query().getOrDefault("$filter", ""));
        Matcher expand = ONE_PROPERTY.matcher(request.query().getOrDefault("$expand", ""));
        if (!filter.matches() || !expand.matches()) {
            return Answer.error(400, "ErrorInvalidUrlQuery", "The query is not understood.");
        }
        String messageId = filter.group(1).replace("''", "'");
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode values = answer.putArray("value");
        for (Item item : mailbox.items()) {
            if (item.folder.equals(folder) && messageId.equals(item.messageId())) {
                ObjectNode found = values.addObject().put("id", item.id).put("internetMessageId", messageId);
                String value = item.property(expand.group(1));
                if (value != null) {
                    found.putArray("singleValueExtendedProperties")
                            .addObject()
                            .put("id", expand.group(1))
                            .put("value", value);
                }
            }
        }
        return Answer.of(200, answer);
    }

    private Answer received(GraphMailbox mailbox, Request request, Instant from, Instant until) {
        if (!request.query().getOrDefault("$orderby", "").equals("receivedDateTime")) {
            return Answer.error(400, "InefficientFilter", "The restriction or sort order is too complex.");
        }
        List<Item> all = mailbox.items().stream()
                .filter(item -> item.folder.equals(request.path().get(3)))
                .filter(item ->
                        !item.receivedAt().isBefore(from) && item.receivedAt().isBefore(until))
                .sorted(Comparator.comparing(Item::receivedAt))
                .toList();
        int start = Integer.parseInt(request.query().getOrDefault("$skip", "0"));
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode values = answer.putArray("value");
        all.stream().skip(start).limit(LISTED).forEach(item -> values.addObject()
                .put("id", item.id)
                .put("internetMessageId", item.messageId())
                .put("receivedDateTime", item.receivedAt().toString()));
        if (start + LISTED < all.size()) {
            answer.put("@odata.nextLink", next(request, start + LISTED));
        }
        return Answer.of(200, answer);
    }

    private String next(Request request, int skip) {
        Map<String, String> query = new TreeMap<>(request.query());
        query.put("$skip", String.valueOf(skip));
        return baseUrl.get() + "/"
                + request.path().stream().map(GraphItems::encoded).collect(Collectors.joining("/")) + "?"
                + query.entrySet().stream()
                        .map(option -> option.getKey() + "=" + encoded(option.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What is addressed as {@code users/?/messages/?...}. */
    Answer item(GraphMailbox mailbox, Request request) throws IOException {
        Item item = mailbox.items().stream()
                .filter(one -> one.id.equals(request.path().get(3)))
                .findFirst()
                .orElse(null);
        if (item == null) {
            return Answer.error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
        }
        switch (request.shape()) {
            case "DELETE users/?/messages/?" -> {
                mailbox.items().remove(item);
                return Answer.none(204);
            }
            case "PATCH users/?/messages/?" -> {
                boolean only = unknown(request.body(), Set.of("singleValueExtendedProperties"))
                        .isEmpty();
                Answer refused = only
                        ? setProperties(item, request.body())
                        : Answer.error(400, "ErrorInvalidPropertySet", "The item has been sent.");
                return refused == null ? Answer.of(200, JSON.createObjectNode().put("id", item.id)) : refused;
            }
            case "GET users/?/messages/?/attachments" -> {
                ObjectNode answer = JSON.createObjectNode();
                ArrayNode values = answer.putArray("value");
                item.files()
                        .forEach(file -> values.addObject().put("id", file.id()).put("name", file.name()));
                return Answer.of(200, answer);
            }
            case "POST users/?/messages/?/attachments" -> {
                Answer refused = attach(mailbox, item, request.body());
                return refused == null ? Answer.of(201, JSON.createObjectNode().put("id", "new")) : refused;
            }
            case "POST users/?/messages/?/attachments/createUploadSession" -> {
                return uploads.open(mailbox, item, request.body().path("AttachmentItem"));
            }
            default -> {
                return Answer.error(400, "BadRequest", request.shape());
            }
        }
    }
}
