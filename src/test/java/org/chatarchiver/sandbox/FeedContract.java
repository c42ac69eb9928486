package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The schema {@code Message} of the feed's contract, by hand. */
final class FeedContract {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
    private static final Set<String> EVENTS = Set.of(
            "Reaction", "Join", "Leave", "Remove", "Create", "Rename", "ChangeProfileImage", "DeleteChat", "ClearChat");

    private final List<String> violations = new ArrayList<>();

    private FeedContract() {}

    /** What is wrong with a message; empty where nothing is. */
    static List<String> violations(JsonNode message) {
        FeedContract contract = new FeedContract();
        contract.message(message);
        return contract.violations;
    }

    private void message(JsonNode message) {
        need(message, "messageId", one -> one.isTextual() && !one.textValue().isEmpty());
        need(message, "messageTime", FeedContract::isTime);
        may(message, "nativeId", one -> one.isTextual() || one.isIntegralNumber());
        may(message, "direction", one -> Set.of("In", "Out").contains(one.asText()));
        for (String field : List.of(
                "messageContext",
                "msisdn",
                "subscriberId",
                "from",
                "dialogGroupName",
                "dialogGroupId",
                "subject",
                "contentType",
                "quotedMessageId",
                "previousText")) {
            may(message, field, JsonNode::isTextual);
        }
        may(message, "to", to -> to.isArray() && all(to, JsonNode::isTextual));
        may(message, "fromEnriched", FeedContract::isParty);
        may(message, "toEnriched", to -> to.isArray() && all(to, FeedContract::isParty));
        may(message, "groupMessage", JsonNode::isBoolean);
        may(message, "textContent", one -> one.isTextual() || one.isNull());
        may(message, "textSize", JsonNode::isIntegralNumber);
        may(message, "eventType", one -> EVENTS.contains(one.asText()));
        may(message, "attachment", files -> files.isArray() && all(files, FeedContract::isAttachment));
        JsonNode call = message.path("callInfo");
        may(call, "callStatus", one -> one.isTextual() || one.isIntegralNumber());
        may(call, "startTime", FeedContract::isTime);
        may(call, "endTime", FeedContract::isTime);
        may(call, "callDurationInMillis", one -> one.isNull() || one.isIntegralNumber());
    }

    private void need(JsonNode in, String field, Predicate<JsonNode> right) {
        if (!right.test(in.path(field))) {
            violations.add(field);
        }
    }

    private void may(JsonNode in, String field, Predicate<JsonNode> right) {
        if (in.has(field)) {
            need(in, field, right);
        }
    }

    private static boolean all(JsonNode list, Predicate<JsonNode> right) {
        for (JsonNode one : list) {
            if (!right.test(one)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTime(JsonNode time) {
        return time.isIntegralNumber() || (time.isTextual() && time.textValue().matches(TIME));
    }

    private static boolean isParty(JsonNode party) {
        JsonNode email = party.path("userEmailAddress");
        return party.path("value").isTextual()
                && party.path("fullName").isObject()
                && (email.isNull() || email.asText().matches("[a-z.]+@(partner\\.example|example\\.com)"));
    }

    private static boolean isAttachment(JsonNode file) {
        return file.path("name").isTextual()
                && file.path("contentType").isTextual()
                && file.path("attachSize").isIntegralNumber()
                && file.path("sha256").asText().matches("[0-9a-f]{64}")
                && (file.has("content") ^ file.path("href").asText().startsWith(FeedSimulator.ATTACHMENTS));
    }
}
