package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Kind;

/** Messages that are not as they should be, each with what must become of it. */
final class OddWriter {
    private static final List<OddCase> SMALL =
            Arrays.stream(OddCase.values()).filter(odd -> !odd.large()).toList();
    private static final long MB = 1024 * 1024;

    private final String prefix;
    private final Company company;
    private final Random random;
    private long sequence;

    /** @param prefix of all message ids; empty for none */
    OddWriter(String prefix, Company company, Random random) {
        this.prefix = prefix;
        this.company = company;
        this.random = random;
    }

    /** One odd case, not a large one. */
    List<Sample> any(Talk talk, Instant received) {
        return of(Phrases.pick(SMALL, random), talk, received);
    }

    /** Every case once. */
    List<Sample> every(Talk talk, Instant received) {
        List<Sample> samples = new ArrayList<>();
        for (OddCase odd : OddCase.values()) {
            samples.addAll(of(odd, talk, received));
        }
        return samples;
    }

    private List<Sample> of(OddCase odd, Talk given, Instant received) {
        Talk talk = talk(odd, given);
        String id = String.format(
                Locale.ROOT, "%sODD-%s-%d-%s", prefix, talk.network().substring(0, 2), ++sequence, odd);
        ObjectNode json = MessageJson.message(
                id, "app-message", received.minusSeconds(1).truncatedTo(ChronoUnit.SECONDS), talk, random);
        MessageJson.text(json, Phrases.text(talk.from().language(), random));
        Expectation chat = KindWriter.expectation(id, Kind.CHAT, talk);
        Expectation file = KindWriter.expectation(id, Kind.ATTACHMENT, talk);
        return switch (odd) {
            case YEAR_57300 -> {
                json.put("messageTime", received.toEpochMilli() * 1000);
                yield one(json, received, chat.malformed(Reason.TIME_OUT_OF_RANGE));
            }
            case TEXT_SIZE_AS_STRING -> one(json.put("textSize", "12"), received, chat);
            case NATIVE_ID_OVER_64_BITS -> one(json.put("nativeId", BigInteger.ONE.shiftLeft(70)), received, chat);
            case TO_IS_NO_LIST ->
                one(
                        json.put("to", talk.to().get(0).value(talk.network())),
                        received,
                        chat.malformed(Reason.FIELD_TYPE_WRONG));
            case LONE_SURROGATE ->
                List.of(escaped(json, "textContent", "half a pair: \\ud83d, and a \\udc00", received, chat));
            case LINE_BREAK_IN_NAME -> {
                ((ObjectNode) json.path("fromEnriched").path("fullName"))
                        .put("firstName", "Eve\r\nBcc: everybody@example.com\r\n");
                yield one(json, received, chat);
            }
            case FILE_NAME_WITH_PATH -> one(named(json, "../../x"), received, file);
            case FILE_NAME_MISSING -> one(named(json, null), received, file);
            case FILE_NAME_OF_300_CHARACTERS -> one(named(json, "ä".repeat(296) + ".txt"), received, file);
            case NO_BASE64 -> {
                MessageJson.attachment(json, "broken.bin", "application/octet-stream", 12)
                        .put("content", "this is *not* base64!");
                yield one(json, received, file.because(Reason.ATTACHMENT_UNDECODABLE));
            }
            case INVALID_CONTENT_TYPE -> {
                FileWriter.inline(json, "odd.dat", "text/;;html\r\nX-Evil: 1", new byte[] {1, 2, 3});
                yield one(json, received, file);
            }
            case FOREIGN_HREF -> {
                MessageJson.attachment(json, "elsewhere.pdf", "application/pdf", 4_000)
                        .put("href", "https://files.elsewhere.invalid/archive/v1/attachments/1");
                yield one(json, received, file.because(Reason.ATTACHMENT_FOREIGN));
            }
            case HREF_GONE -> {
                MessageJson.attachment(json, "expired.pdf", "application/pdf", 4_000)
                        .put("href", FeedSimulator.ATTACHMENTS + "gone-" + sequence);
                yield one(json, received, file.because(Reason.ATTACHMENT_GONE));
            }
            case ATTACHMENT_CUT_SHORT -> {
                FileWriter.inline(json, "minutes.txt", "text/plain", new byte[] {'s', 'h', 'o', 'r', 't'});
                ((ObjectNode) json.path("attachment").path(0)).put("attachSize", "2048");
                yield one(json, received, file.because(Reason.ATTACHMENT_DIFFERS));
            }
            case TEXT_CUT_SHORT -> {
                byte[] text = MessageJson.bytes(json.put("textContent", "cut @"));
                // The first of the three bytes of a Chinese character.
                text[new String(text, StandardCharsets.ISO_8859_1).lastIndexOf('@')] = (byte) 0xe4;
                yield large(MessageWriter.of(text), received, chat);
            }
            case CONTROL_CHARACTER_IN_ADDRESS -> {
                ((ObjectNode) (talk.outgoing() ? json.path("toEnriched").path(0) : json.path("fromEnriched")))
                        .put("userEmailAddress", "eve\u0000\r\n@example.com");
                yield one(json, received, chat);
            }
            case TWICE_IN_A_PAGE -> {
                Sample first = one(json, received, chat).get(0);
                yield List.of(first, new Sample(talk.network(), received, first.json(), Map.of(), true, chat));
            }
            case WHATSAPP_ID -> one(byDevice(json, talk), received, chat);
            case OWNER_NOT_MAPPED, MAILBOX_GONE, BRAZILIAN_NUMBER -> one(json, received, chat);
            case UNKNOWN_FIELDS -> {
                json.putObject("x-future")
                        .putArray("deep")
                        .addObject()
                        .put("n", 1.5e300)
                        .putNull("nothing");
                yield one(json, received, chat);
            }
            case TWO_PHONES -> twoPhones(json, talk, received, chat);
            case ATTACHMENT_OF_11_MB ->
                large(
                        LargeMessage.withAttachment(json, "film.mp4", "video/mp4", new GeneratedContent(11 * MB, 11)),
                        received,
                        file.because(Reason.ATTACHMENT_TOO_LARGE));
            case TEXT_OVER_10_MB -> {
                json.remove(List.of("textContent", "textSize"));
                yield large(LargeMessage.withText(json, 10 * MB + 64), received, chat.because(Reason.TEXT_TOO_LARGE));
            }
        };
    }

    /** The group's members are not named: each owner is known by the number of the phone alone. */
    private List<Sample> twoPhones(ObjectNode json, Talk talk, Instant received, Expectation chat) {
        return mapped().stream()
                .limit(2)
                .flatMap(owner -> one(
                        json.deepCopy().put("msisdn", owner.number()),
                        received,
                        new Expectation(
                                talk.network(), chat.messageId(), chat.kind(), Set.of(owner.email()), Set.of(), null))
                        .stream())
                .toList();
    }

    private List<Person> mapped() {
        return company.employees().stream()
                .filter(one -> one.standing() == Person.Standing.MAPPED)
                .toList();
    }

    /** Who takes part matters to these cases: their outcome hangs on it. */
    private Talk talk(OddCase odd, Talk given) {
        if (odd == OddCase.TWO_PHONES) {
            Person contact = Phrases.pick(company.contacts(), random);
            return new Talk(given.network(), mapped().get(0), contact, List.of(), "two-phones@chatroom", "Two phones");
        }
        Person owner =
                switch (odd) {
                    case OWNER_NOT_MAPPED -> company.standing(Person.Standing.FORGOTTEN);
                    case BRAZILIAN_NUMBER -> company.brazilian();
                    case MAILBOX_GONE -> company.standing(Person.Standing.LEFT);
                    default -> company.standing(Person.Standing.MAPPED);
                };
        boolean toContact = odd == OddCase.CONTROL_CHARACTER_IN_ADDRESS
                || odd == OddCase.OWNER_NOT_MAPPED
                || odd == OddCase.WHATSAPP_ID
                || odd == OddCase.BRAZILIAN_NUMBER;
        if (toContact || odd == OddCase.MAILBOX_GONE || odd.large()) {
            Person contact = Phrases.pick(company.contacts(), random);
            return Talk.between(given.network(), owner, contact, random.nextBoolean());
        }
        return given;
    }

    private static ObjectNode byDevice(ObjectNode json, Talk talk) {
        String id = talk.owner().number().substring(1) + ":12@s.whatsapp.net";
        if (talk.outgoing()) {
            return json.put("from", id);
        }
        json.putArray("to").add(id);
        return json;
    }

    private static ObjectNode named(ObjectNode json, String name) {
        FileWriter.inline(json, name, "text/plain", "named oddly".getBytes(StandardCharsets.UTF_8));
        return json;
    }

    /** Java's UTF-8 cannot carry half a surrogate pair, JSON's escapes can. */
    private static Sample escaped(
            ObjectNode json, String field, String escapes, Instant received, Expectation expected) {
        String text = json.put(field, "@escaped@").toString().replace("@escaped@", escapes);
        MessageWriter bytes = MessageWriter.of(text.getBytes(StandardCharsets.UTF_8));
        return new Sample(expected.network(), received, bytes, Map.of(), false, expected);
    }

    private static List<Sample> one(ObjectNode json, Instant received, Expectation expected) {
        return large(MessageWriter.of(MessageJson.bytes(json)), received, expected);
    }

    private static List<Sample> large(MessageWriter json, Instant received, Expectation expected) {
        return List.of(new Sample(expected.network(), received, json, Map.of(), false, expected));
    }
}
