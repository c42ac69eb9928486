package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are cut or broken inside: each is read as far as it goes, and its message says so. */
class BrokenTextTest {
    @TempDir
    private Path directory;

    @Test
    void aTextCutInTheMiddleOfACharacterIsReadAndItsMessageSaysSo() throws IOException {
        List<Message> messages = messages(
                message("cut", "\"textContent\":\"\u4f60\u597d", 1, "\""),
                message("whole", "\"textContent\":\"\u4f60\"", 0, ""));
        assertThat(messages.get(0).text()).isEqualTo("\u4f60\ufffd");
        assertThat(messages.get(0).repaired()).isEqualTo("textContent");
        assertThat(messages.get(1).text()).isEqualTo("\u4f60");
        assertThat(messages.get(1).repaired()).isEmpty();
    }

    @Test
    void aCharacterThatIsReplacedAtItsSourceIsNothingRepairedHere() throws IOException {
        Message message =
                messages(message("m", "\"textContent\":\"a\ufffdb\"", 0, "")).get(0);
        assertThat(message.text()).isEqualTo("a\ufffdb");
        assertThat(message.repaired()).isEmpty();
    }

    @Test
    void everyFieldThatIsReadIsRepairedAndNamed() throws IOException {
        Message message = messages(message(
                        "m",
                        "\"dialogGroupName\":\"\u00e9",
                        1,
                        "\",\"attachment\":[{\"name\":\"x\\ud83d\"," + "\"content\":\"AAAA\"}],\"unread\":\"\\udc00\""))
                .get(0);
        assertThat(message.group().name()).isEqualTo("\ufffd");
        assertThat(message.attachments().get(0).name()).isEqualTo("x\ufffd");
        assertThat(message.repaired()).isEqualTo("dialogGroupName, attachment.name");
    }

    @Test
    void surrogatesThatWereEncodedOneByOneAreTheCharacterThatTheyMean() throws IOException {
        byte[] cesu = {(byte) 0xed, (byte) 0xa0, (byte) 0xbd, (byte) 0xed, (byte) 0xb8, (byte) 0x80};
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.writeBytes(message("m", "\"textContent\":\"", 0, ""));
        byte[] start = element.toByteArray();
        element.reset();
        element.write(start, 0, start.length - 1);
        element.writeBytes(cesu);
        element.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
        Message message = messages(element.toByteArray()).get(0);
        assertThat(message.text()).isEqualTo("\ud83d\ude00");
        assertThat(message.repaired()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\t", "\n", "\r\n", "\u001f", "a\u000bb"})
    void aControlCharacterIsReadAsItIs(String control) throws IOException {
        Message message = messages(message("m", "\"te\u0002xt\":1,\"textContent\":\"x" + control + "\"", 0, ""))
                .get(0);
        assertThat(message.text()).isEqualTo("x" + control);
        assertThat(message.repaired()).isEmpty();
    }

    @Test
    void nulIsReplacedSinceNoDatabaseTakesIt() throws IOException {
        Message message = messages(message("m\u0000\\u0000", "\"msisdn\":\"+1\u0000\"", 0, ""))
                .get(0);
        assertThat(message.id()).isEqualTo("m\ufffd\ufffd");
        assertThat(message.msisdn()).isEqualTo("+1\ufffd");
        assertThat(message.repaired()).isEqualTo("messageId, msisdn");
    }

    @Test
    void anAttachmentWithBrokenBytesInsideIsNoBase64AndOneWithRawLineBreaksIs() throws IOException {
        Message message = messages(message(
                        "m", "\"attachment\":[{\"content\":\"AAAA\u00e9", 1, "\"},{\"content\":\"AA\r\nAA\n\"}]"))
                .get(0);
        assertThat(message.attachments().get(0).content())
                .isEqualTo(new Content.Absent(Content.Why.UNDECODABLE, -1, ""));
        assertThat(((Content.Present) message.attachments().get(1).content()).size())
                .isEqualTo(3);
    }

    @Test
    void aTextThatIsTooLongAndBrokenCostsItsMessageOnly() throws IOException {
        List<PageElement> elements = elements(
                message("long", "\"textContent\":\"" + "\u4f60".repeat(Json.LONGEST_TEXT + 5) + "\u4f60", 2, "\""),
                message("behind", "\"textContent\":\"\u4f60", 2, "\""));
        assertThat(elements.get(0)).isInstanceOf(PageElement.Malformed.class);
        assertThat(((PageElement.Read) elements.get(1)).message().text()).isEqualTo("\ufffd");
    }

    /** An element, without the last bytes of its fields. */
    private static byte[] message(String id, String fields, int cut, String rest) {
        byte[] start = ("{\"messageId\":\"" + id + "\",\"messageTime\":\"2026-11-19T08:00:00Z\"," + fields)
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(start, 0, start.length - cut);
        all.writeBytes((rest + "}").getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    private List<Message> messages(byte[]... elements) throws IOException {
        return elements(elements).stream()
                .map(element -> ((PageElement.Read) element).message())
                .toList();
    }

    private List<PageElement> elements(byte[]... elements) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes("{\"messages\":[".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < elements.length; i++) {
            page.writeBytes((i == 0 ? "" : ",").getBytes(StandardCharsets.US_ASCII));
            page.writeBytes(elements[i]);
        }
        page.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        assertThat(PageScan.scan(new ByteArrayInputStream(page.toByteArray())).messages())
                .isEqualTo(elements.length);
        List<PageElement> read = new ArrayList<>();
        try (CloseableIterator<Chunk> chunks = Pages.reader(directory, 64, 4_096)
                .chunks(new ByteArrayInputStream(page.toByteArray()), Pages.LANDED, 1, Long.MAX_VALUE)) {
            chunks.forEachRemaining(chunk -> read.addAll(chunk.elements()));
        }
        return read;
    }
}
