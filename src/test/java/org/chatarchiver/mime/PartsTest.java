package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.Declared;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {
    private static final Content NOTHING = new Content.InMemory(new byte[0], "");

    @ParameterizedTest
    @CsvSource({
        "ann@example.com, ann@example.com",
        "a@münchen.example, a@xn--mnchen-3ya.example",
        "no address, 44770@wechat.invalid",
        "'ann@example.com\nBcc: eve@example.com', 44770@wechat.invalid",
        "ann@exa mple.com, 44770@wechat.invalid",
        "=?utf-8?q?x?=@example.com, 44770@wechat.invalid",
        "ann..lee@example.com, 44770@wechat.invalid",
        "änn@example.com, 44770@wechat.invalid",
    })
    void anAddressIsUsedOnlyWhereItIsValid(String email, String expected) {
        assertThat(Addresses.of(new Party("+44770", "", "", email), "WECHAT")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "+44 7700-900123, ATT, 447700900123@att.invalid",
        "wxid_a.b, WECHAT, wxid_a.b@wechat.invalid",
        ".a..b@c, AT&T, %2Ea.%2Eb%40c@at-t.invalid",
        "李, WECHAT, %E6%9D%8E@wechat.invalid",
    })
    void anIdBecomesAnAddressThatNobodyHas(String value, String network, String expected) {
        assertThat(Addresses.of(Party.of(value), network)).isEqualTo(expected);
    }

    @Test
    void aLongIdStaysUniqueWithinTheLimitOfALocalPart() {
        String one = Addresses.of(Party.of("é".repeat(500) + "1"), "WECHAT");
        assertThat(one).matches("(%C3%A9){3}(%C3)?-[0-9a-f]{40}@wechat\\.invalid");
        assertThat(one).isNotEqualTo(Addresses.of(Party.of("é".repeat(500) + "2"), "WECHAT"));
        assertThat(one.indexOf('@')).isLessThanOrEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "../../x.txt, text/plain, x.txt",
        "C:\\dir\\x.txt, text/plain, x.txt",
        "'', image/jpeg, attachment-3.jpg",
        "'  ', nonsense, attachment-3.bin",
        "'..', image/png, attachment-3.png",
        "'...', image/png, attachment-3.png",
        "'. .', image/png, attachment-3.png",
        "../\u200B, image/png, attachment-3.png",
        "C:\\\uFEFF, image/png, attachment-3.png",
        "'a\r\nb.txt', text/plain, a  b.txt",
        "\u202Egnp.exe, image/png, gnp.exe",
    })
    void aFileNameDoesNoHarm(String name, String type, String expected) {
        assertThat(FileNames.safe(new Attachment(name, type, NOTHING), 3)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0009, 0x000A, 0x0020, 0x0085, 0x00A0, 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x17B5,
                0x180B, 0x180E, 0x180F, 0x2000, 0x2003, 0x200A, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029,
                0x202E, 0x202F, 0x205F, 0x2060, 0x2061, 0x2064, 0x2065, 0x2066, 0x206F, 0x2800, 0x3000, 0x3164, 0xFE00,
                0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0x1BCA0, 0x1D159, 0x1D173, 0xE0001, 0xE0041, 0xE007F, 0xE0100,
                0xE01EF
            })
    void aFileNameThatShowsNothingIsNone(int sign) {
        String name = Character.toString(sign);
        for (String nothing : List.of(name, name.repeat(3), " " + name, name + ".", "\u200B" + name)) {
            assertThat(FileNames.safe(new Attachment(nothing, "image/png", NOTHING), 3))
                    .isEqualTo("attachment-3.png");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".pdf", "\u00b7", "\u0301", "\u2764\uFE0F", "\u0661", "\u3164x", "\uE000", "\uFFFD", "-"})
    void aFileNameThatShowsSomethingIsKept(String name) {
        assertThat(FileNames.safe(new Attachment(name, "image/png", NOTHING), 3))
                .isEqualTo(name);
    }

    @Test
    void aLongFileNameKeepsItsExtension() {
        String name = FileNames.safe(new Attachment("é".repeat(300) + ".pdf", "", NOTHING), 1);
        assertThat(name).isEqualTo("é".repeat(125) + ".pdf");
    }

    @ParameterizedTest
    @CsvSource({
        "image/PNG, image/png",
        "text/plain; charset=gbk, text/plain; charset=gbk",
        "text/plain; format=flowed, text/plain",
        "image/png; name=x, image/png",
        "multipart/mixed, application/octet-stream",
        "message/rfc822, application/octet-stream",
        "not a type, application/octet-stream",
        "'text/plain\r\nBcc: x', application/octet-stream",
        "'', application/octet-stream",
    })
    void aContentTypeIsTakenOnlyWhereItIsValid(String given, String expected) {
        assertThat(MediaTypes.safe(given)).isEqualTo(expected);
    }

    @Test
    void whatIsLeftOutIsNamedInItsPlaceAndCounted() {
        Content gone = new Content.Absent(Content.Why.TOO_LARGE, 11534336, "ab".repeat(32));
        ReadBack read = Mime4jReader.read(ArchivedMessages.a(Kind.ATTACHMENT)
                .files(new Attachment("film.mp4", "video/mp4", gone), ArchivedMessages.file("a.txt", "text/plain", "a"))
                .mime());
        assertThat(read.headers()).containsEntry("X-Archive-Dropped", "1");
        assertThat(read.files()).extracting(ReadBack.File::name).containsExactly("a.txt");
        assertThat(read.notes()).singleElement().asString().contains("film.mp4", "11534336", "ab".repeat(32), "limit");
    }

    @Test
    void whatAnInspectionHasRefusedIsNamedWithItsReason() {
        Content refused = new Content.Absent(Content.Why.REFUSED, 68, "ab".repeat(32), "virus X");
        Content unsaid = new Content.Absent(Content.Why.REFUSED, 68, "ab".repeat(32));
        ReadBack read = Mime4jReader.read(ArchivedMessages.a(Kind.ATTACHMENT)
                .files(new Attachment("a.exe", "", refused), new Attachment("b.exe", "", unsaid))
                .mime());
        assertThat(read.headers()).containsEntry("X-Archive-Dropped", "2");
        assertThat(read.notes().get(0)).contains("a.exe", "68 bytes", "refused when it was inspected (virus X); the");
        assertThat(read.notes().get(1)).contains("b.exe", "refused when it was inspected; the");
    }

    @Test
    void aFileThatIsNotWhatWasDeclaredIsAttachedAsItCameAndBothAreNamedBehindIt() {
        Attachment file = ArchivedMessages.file("plan.pdf", "application/pdf", "short");
        Attachment differs =
                new Attachment(file.name(), file.contentType(), file.content(), Declared.of("7", "AB".repeat(32)));
        ReadBack read = Mime4jReader.read(ArchivedMessages.a(Kind.ATTACHMENT)
                .files(differs, ArchivedMessages.file("a.txt", "text/plain", "a"))
                .mime());
        assertThat(read.headers()).doesNotContainKey("X-Archive-Dropped");
        assertThat(read.files()).extracting(ReadBack.File::name).containsExactly("plan.pdf", "a.txt");
        assertThat(read.files().get(0).sha256()).isEqualTo(((Content.Present) file.content()).sha256());
        assertThat(read.notes())
                .singleElement()
                .asString()
                .contains(
                        "File: plan.pdf",
                        "Declared size: 7 bytes",
                        "Received size: 5 bytes",
                        "Declared SHA-256: " + "ab".repeat(32),
                        "Received SHA-256: " + ((Content.Present) file.content()).sha256());
    }

    @Test
    void whatIsLeftOutIsNamedWithTheSizeThatWasDeclaredToo() {
        Content large = new Content.Absent(Content.Why.TOO_LARGE, 11534336, "ab".repeat(32));
        Content gone = new Content.Absent(Content.Why.GONE, -1, "");
        ReadBack read = Mime4jReader.read(ArchivedMessages.a(Kind.ATTACHMENT)
                .files(
                        new Attachment("film.mp4", "video/mp4", large, Declared.of("11534337", "ab".repeat(32))),
                        new Attachment("gone.mp4", "video/mp4", gone, Declared.of("12", "")))
                .mime());
        assertThat(read.headers()).containsEntry("X-Archive-Dropped", "2");
        assertThat(read.notes().get(0))
                .contains("Size: 11534336 bytes", "Declared size: 11534337 bytes")
                .doesNotContain("Declared SHA-256");
        assertThat(read.notes().get(1)).contains("Size: unknown", "Declared size: 12 bytes");
    }

    @Test
    void aRemoteAttachmentIsRefused() {
        ArchivedMessages letters =
                ArchivedMessages.a(Kind.ATTACHMENT).id("m\n7").files(new Attachment("a", "", new Content.Remote("/a")));
        assertThatThrownBy(letters::mime)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("attachment 1 of message \"m\\n7\" is still remote");
    }

    @Test
    void aLaterRevisionOfAReplyRefersToBoth() {
        MessageIds ids = new MessageIds(ArchivedMessages.DOMAIN);
        String about = ids.messageId("wechat", "m-0", "");
        String first = ids.messageId("wechat", "m-1", "");
        ReadBack read = Mime4jReader.read(
                ArchivedMessages.chat().about("m-0").revision("ff".repeat(32)).mime());
        assertThat(read.headers())
                .containsEntry("Message-ID", ids.messageId("wechat", "m-1", "ff".repeat(32)))
                .containsEntry("In-Reply-To", about + " " + first);
        assertThat(read.headers().get("References")).endsWith(about + " " + first);
    }

    @Test
    void aMessageWithoutPeopleStillHasAValidHeader() {
        String mime = new String(
                ArchivedMessages.chat().from(null).to().owner(null, "").mime(), StandardCharsets.US_ASCII);
        assertThat(mime)
                .contains("\r\nFrom: \"unknown\" <unknown@wechat.invalid>\r\nTo: undisclosed-recipients:;\r\n")
                .doesNotContain(
                        "X-Archive-Owner", "X-Archive-Direction", "X-Archive-Conversation", "X-Archive-Dropped");
    }
}
