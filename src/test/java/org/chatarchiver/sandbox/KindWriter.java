package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.chatarchiver.message.Kind;

/** Messages in good order, of every kind. Edits, recalls, reactions and replies are about a recent message of the same network. */
final class KindWriter {
    private static final List<String> GROUP_EVENTS =
            List.of("Join", "Leave", "Remove", "Create", "Rename", "ChangeProfileImage", "DeleteChat", "ClearChat");
    private static final int REMEMBERED = 100;

    private record Said(String id, Talk talk, String text) {}

    private final String prefix;
    private final Random random;
    private final FileWriter files;
    private final Map<String, Deque<Said>> recent = new HashMap<>();
    private long sequence;

    /** @param prefix of all message ids, behind what an edit or a recall puts before the id that it is about; empty for none */
    KindWriter(String prefix, Random random) {
        this.prefix = prefix;
        this.random = random;
        this.files = new FileWriter(random);
    }

    Sample next(Talk talk, Instant received) {
        Deque<Said> said = recent.computeIfAbsent(talk.network(), any -> new ArrayDeque<>());
        String id =
                String.format(Locale.ROOT, "%s%s-%08d", prefix, talk.network().substring(0, 2), ++sequence);
        // One phone in fifty was offline for up to three hours.
        long delay = random.nextInt(50) == 0 ? random.nextInt(10_800) : 1 + random.nextInt(5);
        Instant sent = received.minusSeconds(delay).truncatedTo(ChronoUnit.SECONDS);
        int dice = said.isEmpty() ? 0 : random.nextInt(100);
        if (dice < 52) {
            return chat(id, sent, received, talk, said);
        } else if (dice < 72) {
            return files.next(id, sent, received, talk);
        } else if (dice < 81) {
            return call(id, sent, received, talk);
        } else if (dice < 94) {
            return about(said.pollFirst(), id, sent, received);
        } else if (dice < 98) {
            return groupEvent(id, sent, received, talk);
        }
        ObjectNode json = MessageJson.message(id, "poll-message", sent, talk, random);
        MessageJson.text(json, "Lunch on #" + random.nextInt(9) + "?")
                .putObject("poll")
                .put("options", 3);
        return sample(json, id, Kind.UNKNOWN, received, talk);
    }

    private Sample chat(String id, Instant sent, Instant received, Talk talk, Deque<Said> said) {
        String text = Phrases.text(talk.from().language(), random);
        ObjectNode json =
                MessageJson.message(id, random.nextInt(5) == 0 ? "pager-message" : "app-message", sent, talk, random);
        MessageJson.text(json, text);
        if (random.nextInt(12) == 0 && !said.isEmpty()) {
            json.put("quotedMessageId", said.peekLast().id());
        }
        said.addLast(new Said(id, talk, text));
        if (said.size() > REMEMBERED) {
            said.removeFirst();
        }
        return sample(json, id, Kind.CHAT, received, talk);
    }

    private Sample call(String id, Instant sent, Instant received, Talk talk) {
        List<Kind> kinds = List.of(Kind.VOICE_CALL, Kind.VOICE_CALL, Kind.VIDEO_CALL, Kind.CALL_LOG);
        Kind kind = Phrases.pick(kinds, random);
        ObjectNode json = MessageJson.message(id, kind.event(), sent, talk, random);
        int status = random.nextBoolean() ? 1 : 1 + random.nextInt(8);
        ObjectNode call = json.putObject("callInfo");
        if (random.nextBoolean()) {
            call.put("callStatus", status);
        } else {
            call.put("callStatus", Integer.toString(status));
        }
        long millis = status == 1 ? 1000L * (5 + random.nextInt(3600)) : 0;
        boolean epoch = random.nextBoolean();
        MessageJson.putTime(call, "startTime", sent.minusMillis(millis), epoch);
        MessageJson.putTime(call, "endTime", sent, epoch);
        call.put("callDurationInMillis", status == 1 ? Long.valueOf(millis) : null);
        return sample(json, id, kind, received, talk);
    }

    private Sample about(Said said, String id, Instant sent, Instant received) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                String text = said.text() + " (corrected)";
                ObjectNode json = again("EDIT-" + said.id() + "-1", said, sent, text);
                json.put("previousText", said.text());
                yield sample(json, "EDIT-" + said.id() + "-1", Kind.EDIT, received, said.talk());
            }
            case 1 -> {
                String about = "DELETE_FOR_ALL-" + said.id();
                yield sample(again(about, said, sent, said.text()), about, Kind.RECALL_FOR_ALL, received, said.talk());
            }
            case 2 -> {
                String about = "DELETE_FOR_ME-" + said.id();
                ObjectNode json = again(about, said, sent, "");
                json.putNull("textContent");
                yield sample(json, about, Kind.RECALL_FOR_ME, received, said.talk());
            }
            default -> {
                ObjectNode json = MessageJson.message(id, "event", sent, said.talk(), random);
                MessageJson.text(json, Phrases.reaction(random));
                json.put("eventType", "Reaction").put("quotedMessageId", said.id());
                yield sample(json, id, Kind.REACTION, received, said.talk());
            }
        };
    }

    private ObjectNode again(String id, Said said, Instant sent, String text) {
        return MessageJson.text(MessageJson.message(id, "app-message", sent, said.talk(), random), text);
    }

    private Sample groupEvent(String id, Instant sent, Instant received, Talk talk) {
        ObjectNode json = MessageJson.message(id, "event", sent, talk, random);
        json.put("eventType", Phrases.pick(GROUP_EVENTS, random)).putNull("textContent");
        return sample(json, id, Kind.GROUP_EVENT, received, talk);
    }

    static Expectation expectation(String id, Kind kind, Talk talk) {
        return new Expectation(
                talk.network(),
                id,
                kind,
                Company.mailboxes(talk.participants()),
                Company.unmapped(talk.participants(), talk.owner(), talk.network()),
                null);
    }

    static Sample sample(ObjectNode json, String id, Kind kind, Instant received, Talk talk) {
        MessageWriter bytes = MessageWriter.of(MessageJson.bytes(json));
        return new Sample(talk.network(), received, bytes, Map.of(), false, expectation(id, kind, talk));
    }
}
