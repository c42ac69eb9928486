package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a feed may get wrong: the page goes on in every case, which each test shows by a good message behind the bad one. */
class BadInputTest {
    private static final String GOOD = "{\"messageId\":\"good\",\"messageTime\":\"2026-11-19T08:00:00Z\"}";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "5 | NOT_AN_OBJECT",
                "null | NOT_AN_OBJECT",
                "[{\"messageId\":\"m\"}] | NOT_AN_OBJECT",
                "\"text\" | NOT_AN_OBJECT",
                "{} | MESSAGE_ID_MISSING",
                "{\"messageId\":\" \",\"messageTime\":1763539200000} | MESSAGE_ID_MISSING",
                "{\"messageId\":null,\"messageTime\":1763539200000} | MESSAGE_ID_MISSING",
                "{\"messageId\":{\"a\":1},\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"messageId\":\"m\"} | TIME_MISSING",
                "{\"messageId\":\"m\",\"messageTime\":null} | TIME_MISSING",
                "{\"messageId\":\"m\",\"messageTime\":\"yesterday\"} | TIME_INVALID",
                "{\"messageId\":\"m\",\"messageTime\":\"2026-02-30T00:00:00Z\"} | TIME_INVALID",
                "{\"messageId\":\"m\",\"messageTime\":1.5e12} | TIME_INVALID",
                "{\"messageId\":\"m\",\"messageTime\":1745000000000000} | TIME_OUT_OF_RANGE",
                "{\"messageId\":\"m\",\"messageTime\":\"1763539200\"} | TIME_OUT_OF_RANGE",
                "{\"messageId\":\"m\",\"messageTime\":\"+57300-01-01T00:00:00Z\"} | TIME_OUT_OF_RANGE",
                "{\"messageId\":\"m\",\"messageTime\":\"1989-12-31T23:59:59Z\"} | TIME_OUT_OF_RANGE",
                "{\"messageId\":\"m\",\"messageTime\":\"2026-11-21T02:15:01Z\"} | TIME_OUT_OF_RANGE",
                "{\"messageId\":\"m\",\"messageTime\":99999999999999999999999999} | TIME_OUT_OF_RANGE",
                "{\"messageId\":\"m\",\"messageTime\":[]} | FIELD_TYPE_WRONG",
                "{\"to\":{\"a\":1},\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"to\":[[1]],\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"attachment\":\"x\",\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"callInfo\":7,\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"callInfo\":[{\"participant\":{\"value\":{}}}],\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"callInfo\":[{\"participant\":[]}],\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"callInfo\":[[{}]],\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"callInfo\":[{},7],\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG",
                "{\"groupMessage\":\"maybe\",\"messageId\":\"m\",\"messageTime\":1763539200000} | FIELD_TYPE_WRONG"
            })
    void anElementThatCannotBeUnderstoodIsMalformed(String element, Reason reason) throws IOException {
        assertThat(malformed(element).reason()).isEqualTo(reason);
    }

    @Test
    void aMalformedMessageNamesItselfAndTheFieldEvenIfThatComesFirst() throws IOException {
        assertThat(malformed("{\"fromEnriched\":[{}],\"messageId\":\"m\",\"msisdn\":\"+1\",\"messageTime\":\"x\"}"))
                .isEqualTo(new PageElement.Malformed(
                        0, "m", "+1", Reason.FIELD_TYPE_WRONG, "The field fromEnriched is not an object"));
    }

    @Test
    void numbersAsStringsAndStringsAsNumbersAreRead() throws IOException {
        Message message = Pages.one(directory, """
                "textSize":"3","nativeId":99999999999999999999999999999,"msisdn":15550001,"from":15550001,"to":["+15550002"],
                "attachment":{"content":"AA==","attachSize":"x"}""");
        assertThat(message.msisdn()).isEqualTo("15550001");
        assertThat(message.from()).isEqualTo(Party.of("15550001"));
        assertThat(message.to()).containsExactly(Party.of("+15550002"));
        assertThat(message.attachments()).hasSize(1);
        assertThat(Pages.one(directory, "\"messageId\":42").id()).isEqualTo("42");
    }

    @Test
    void aMessageThatComesTwiceIsReadTwice() throws IOException {
        assertThat(Pages.read(directory, GOOD, GOOD)).hasSize(2);
    }

    @Test
    void controlCharactersAreKeptForTheWriterAndLoneSurrogatesAndNulAreReplaced() throws IOException {
        Message message = Pages.one(directory, """
                "textContent":"a\\ud800b","dialogGroupName":"x\\r\\nBcc: y","fromEnriched":{"value":"v",
                "userEmailAddress":"a\\u0000@b","fullName":{"firstName":"A\\nB"}},
                "attachment":[{"name":"../../x","contentType":"a\\r\\nb","content":"AA"}]""");
        assertThat(message.text()).isEqualTo("a\ufffdb");
        assertThat(message.repaired()).isEqualTo("textContent, fromEnriched.userEmailAddress");
        assertThat(message.group().name()).isEqualTo("x\r\nBcc: y");
        assertThat(message.from()).isEqualTo(new Party("v", "A\nB", "", "a\ufffd@b"));
        assertThat(message.attachments().get(0).name()).isEqualTo("../../x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!",
                "A",
                "AAAAA",
                "AA=",
                "=",
                "A===",
                "AA==AA",
                "AAA\\\"A",
                "\\\\",
                "\\u0041\\u00e9",
                "é",
                "AAAA====",
                "AAAA AAA",
                " AAAA",
                "AAAA\\t",
                "AA\\u0020AA",
                "AAAA ",
                "AA==\\u00a0",
                "AAAA\\u0000",
                "AAAAAB",
                "AAB=",
                "data:image/png;base64,AAAA",
                "?\\\""
            })
    void base64ThatIsNotIsUndecodableAndTheFieldsBehindItAreRead(String content) throws IOException {
        Message message = Pages.one(
                directory,
                "\"attachment\":[{\"content\":\"" + content
                        + "\",\"name\":\"n\"},{\"name\":\"second\",\"content\":\"AAAA\"}],\"textContent\":\"after\"");
        assertThat(message.attachments()).hasSize(2);
        assertThat(message.attachments().get(0))
                .isEqualTo(new Attachment("n", "", new Content.Absent(Content.Why.UNDECODABLE, -1, "")));
        assertThat(message.attachments().get(1).content()).isInstanceOf(Content.InMemory.class);
        assertThat(message.text()).isEqualTo("after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+/+/AAA=", "\\u002b\\/+/AAA", "-_-_AAA", "\\r\\n+/\\r\\n+/\\nA\\u000aA\\u000dA=\\n"})
    void base64IsReadInAllItsSpellings(String content) throws IOException {
        Content read = Pages.one(directory, "\"attachment\":[{\"content\":\"" + content + "\"}]")
                .attachments()
                .get(0)
                .content();
        assertThat(((Content.InMemory) read).bytes()).containsExactly(0xfb, 0xff, 0xbf, 0, 0);
    }

    @Test
    void aTextOverTheLimitCostsItsMessageOnly() throws IOException {
        for (int extra : new int[] {1, 2, 7_999, 300_000, 9_000_000}) {
            PageElement.Malformed malformed =
                    malformed("{\"textContent\":\"" + "é".repeat(10) + "x".repeat(Json.LONGEST_TEXT - 10 + extra)
                            + "\\\"\\\\\",\"messageId\":\"m\",\"msisdn\":\"+1\",\"messageTime\":1763539200000}");
            assertThat(malformed.reason()).isEqualTo(Reason.TEXT_TOO_LARGE);
            assertThat(malformed.messageId()).isEqualTo("m");
            assertThat(malformed.owner()).isEqualTo("+1");
        }
        assertThat(Pages.one(directory, "\"textContent\":\"" + "x".repeat(Json.LONGEST_TEXT) + "\"")
                        .text())
                .hasSize(Json.LONGEST_TEXT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_048_577, 20_000_000})
    void anyOtherStringOverAMegabyteCostsItsMessageOnly(int length) throws IOException {
        PageElement.Malformed malformed = malformed(Pages.message("\"fromEnriched\":{\"fullName\":{\"lastName\":\""
                + "x".repeat(length) + "\",\"firstName\":\"f\"},\"value\":\"v\"},\"msisdn\":\"+1\""));
        assertThat(malformed.reason()).isEqualTo(Reason.STRING_TOO_LONG);
        assertThat(malformed.sentence()).contains("fromEnriched.fullName.lastName");
        assertThat(malformed.owner()).isEqualTo("+1");
        assertThat(malformed("{\"messageId\":\"" + "m".repeat(1_001) + "\"}").reason())
                .isEqualTo(Reason.MESSAGE_ID_TOO_LONG);
    }

    @Test
    void aMessageNestedTooDeeplyIsMalformed() throws IOException {
        assertThat(malformed(Pages.message("\"x\":" + "[".repeat(62) + "]".repeat(62)))
                        .reason())
                .isEqualTo(Reason.TOO_DEEP);
        assertThat(Pages.one(directory, "\"x\":" + "[".repeat(61) + "]".repeat(61))
                        .id())
                .isEqualTo("m1");
    }

    private PageElement.Malformed malformed(String element) throws IOException {
        List<PageElement> elements = Pages.read(directory, element, GOOD);
        assertThat(elements).hasSize(2);
        assertThat(elements.get(1)).isInstanceOf(PageElement.Read.class);
        assertThat(elements.get(1).position()).isEqualTo(1);
        assertThat(elements.get(0)).isInstanceOf(PageElement.Malformed.class);
        return (PageElement.Malformed) elements.get(0);
    }
}
