package org.chatarchiver.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chatarchiver.sandbox.FeedSimulator;

/**
 * Texts for some mailboxes, some for two of them, some that a second phone captured too (at once or much later), some with an attachment by href; some that cannot be understood; and some of an owner
 * whom only the second mapping knows.
 *
 * @param count messages
 * @param mailboxes those of the first mapping
 * @param start from when on TeleMessage received them
 */
record CrashTraffic(int count, int mailboxes, Instant start) {
    static final String NETWORK = "WECHAT";
    static final String LATE = "late@example.com";

    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    private static final String LATE_NUMBER = "+12025559999";
    private static final Duration LENGTH = Duration.ofHours(18);
    /** Longer than the buffers on the way, several together. */
    private static final String FILLER = "All work and no play makes a short text long. ".repeat(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    Instant end() {
        return start.plus(LENGTH);
    }

    Set<String> addresses() {
        Set<String> all = IntStream.range(0, mailboxes).mapToObj(this::address).collect(Collectors.toSet());
        all.add(LATE);
        return all;
    }

    private String address(int user) {
        return "user" + user % mailboxes + "@example.com";
    }

    private String number(int user) {
        return String.format(Locale.ROOT, "+1202555%04d", 2000 + user % mailboxes);
    }

    /** Without the late owner. */
    String firstMapping() {
        return IntStream.range(0, mailboxes)
                .mapToObj(user -> number(user) + "," + address(user) + "\n")
                .collect(Collectors.joining("", HEADER, ""));
    }

    String secondMapping() {
        return firstMapping() + LATE_NUMBER + "," + LATE + "\n";
    }

    void sendTo(FeedSimulator feed) {
        for (int i = 0; i < count; i++) {
            ObjectNode message = message(i);
            if (hasAttachment(i)) {
                String content = "bytes of " + id(i);
                feed.attachment(id(i), out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
                message.putArray("attachment")
                        .addObject()
                        .put("name", "note.txt")
                        .put("contentType", "text/plain")
                        .put("href", FeedSimulator.ATTACHMENTS + id(i));
            }
            feed.add(NETWORK, received(i), bytes(message));
            if (isCapturedTwice(i)) {
                int when = i % 20 == 6 ? i : i + (count - i) / 2;
                message.put("msisdn", isCapturedByLate(i) ? LATE_NUMBER : number(i + 3))
                        .put("direction", "In");
                feed.add(NETWORK, received(when), bytes(message));
            }
        }
    }

    private Instant received(int i) {
        return start.plus(LENGTH.multipliedBy(i).dividedBy(count));
    }

    private static byte[] bytes(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode message(int i) {
        String owner = isLate(i) ? LATE_NUMBER : number(i);
        ObjectNode message = JSON.createObjectNode()
                .put("messageId", id(i))
                .put("messageContext", "app-message")
                .put("messageTime", isMalformed(i) ? "yesterday" : "2026-03-04T09:00:00Z")
                .put("direction", "Out")
                .put("msisdn", owner)
                .put("from", owner)
                .put("textContent", i + ": " + FILLER);
        ArrayNode to = message.putArray("to").add("wxid_outside");
        if (isForTwo(i)) {
            to.add(number(i + 1));
        }
        return message;
    }

    private static String id(int i) {
        return "M-" + i;
    }

    private static boolean hasAttachment(int i) {
        return i % 60 == 7;
    }

    private static boolean isMalformed(int i) {
        return i % 100 == 11;
    }

    private static boolean isLate(int i) {
        return i % 100 == 13;
    }

    private static boolean isForTwo(int i) {
        return i % 10 == 4;
    }

    private static boolean isCapturedTwice(int i) {
        return i % 10 == 6;
    }

    private static boolean isCapturedByLate(int i) {
        return i % 100 == 16;
    }

    /** How many captures there are behind the first ones. */
    int furtherCaptures() {
        return (int)
                IntStream.range(0, count).filter(CrashTraffic::isCapturedTwice).count();
    }

    /** Ids of what must stand in the channel {@code malformed}. */
    Set<String> malformed() {
        return IntStream.range(0, count)
                .filter(CrashTraffic::isMalformed)
                .mapToObj(CrashTraffic::id)
                .collect(Collectors.toSet());
    }

    /** Ids of the messages that each mailbox must have once, by mailbox. */
    Map<String, Set<String>> expected(boolean secondMapping) {
        Map<String, Set<String>> expected = new HashMap<>();
        addresses().forEach(address -> expected.put(address, new HashSet<>()));
        for (int i = 0; i < count; i++) {
            if (isLate(i)) {
                if (secondMapping) {
                    expected.get(LATE).add(id(i));
                }
            } else if (!isMalformed(i)) {
                expected.get(address(i)).add(id(i));
                if (isForTwo(i)) {
                    expected.get(address(i + 1)).add(id(i));
                }
                if (isCapturedTwice(i) && !isCapturedByLate(i)) {
                    expected.get(address(i + 3)).add(id(i));
                } else if (isCapturedByLate(i) && secondMapping) {
                    expected.get(LATE).add(id(i));
                }
            }
        }
        return expected;
    }
}
