package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** The fields of the feed's message, in both of the forms that the contract allows where it allows two. */
final class MessageJson {
    /** The contract's form; no fraction of a second. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private MessageJson() {}

    static ObjectNode message(String id, String context, Instant sent, Talk talk, Random random) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("messageId", id);
        json.put("nativeId", Long.toUnsignedString(random.nextLong()));
        json.put("messageContext", context);
        putTime(json, "messageTime", sent, random.nextInt(4) == 0);
        json.put("direction", talk.outgoing() ? "Out" : "In");
        json.put("msisdn", talk.owner().number());
        json.put("subscriberId", "100200300");
        json.put("from", talk.from().value(talk.network()));
        ArrayNode to = json.putArray("to");
        talk.to().forEach(one -> to.add(one.value(talk.network())));
        party(json.putObject("fromEnriched"), talk.from(), talk.network());
        ArrayNode enriched = json.putArray("toEnriched");
        talk.to().forEach(one -> party(enriched.addObject(), one, talk.network()));
        json.put("groupMessage", talk.inGroup());
        if (talk.inGroup()) {
            json.put("dialogGroupName", talk.groupName());
            json.put("dialogGroupId", talk.groupId());
        }
        json.put("subject", "");
        return json;
    }

    private static void party(ObjectNode party, Person one, String network) {
        party.put("value", one.value(network));
        party.putObject("fullName")
                .put("firstName", one.firstName())
                .put("lastName", one.lastName().isEmpty() ? null : one.lastName());
        party.put("userEmailAddress", one.email().isEmpty() ? null : one.email());
    }

    static void putTime(ObjectNode json, String field, Instant time, boolean millis) {
        if (millis) {
            json.put(field, time.toEpochMilli());
        } else {
            json.put(field, TIME.format(time));
        }
    }

    static ObjectNode text(ObjectNode json, String text) {
        return json.put("contentType", "text/plain")
                .put("textContent", text)
                .put("textSize", text.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Adds an attachment without its bytes. */
    static ObjectNode attachment(ObjectNode json, String name, String contentType, long size) {
        return json.withArray("attachment")
                .addObject()
                .put("name", name)
                .put("contentType", contentType)
                .put("attachSize", size);
    }

    static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
