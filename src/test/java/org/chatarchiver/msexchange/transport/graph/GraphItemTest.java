package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.ItemClass;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphMailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What of an e-mail becomes of which property. */
class GraphItemTest extends GraphTest {
    private static final Path LETTERS = Path.of("src/test/resources/mime");
    private static final String HEADER = "String {00020386-0000-0000-C000-000000000046} Name ";

    static Stream<Path> letters() throws IOException {
        try (Stream<Path> files = Files.list(LETTERS)) {
            return files.filter(file -> file.toString().endsWith(".eml")).toList().stream();
        }
    }

    private GraphMailbox.Item file(byte[] content) {
        Email email = new Email("<one@test.invalid>", MailboxTransportContract.DATE, content);
        assertThat(append(email)).isInstanceOf(Outcome.Delivered.class);
        List<GraphMailbox.Item> items = mailbox.in(FOLDER);
        return items.get(items.size() - 1);
    }

    private GraphMailbox.Item file(String content) {
        return file(content.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("letters")
    void everyKindOfLetterIsFiledWithItsOriginal(Path letter) throws IOException {
        byte[] content = Files.readAllBytes(letter);

        GraphMailbox.Item item = file(content);

        assertThat(item.original()).isEqualTo(content);
        assertThat(item.property("String 0x001A")).startsWith("IPM.Note.Custom.");
        assertThat(item.property("String 0x007D")).startsWith("Message-ID: <").endsWith("\r\n");
        assertThat(item.property("String 0x1039")).startsWith("<");
        assertThat(item.property(HEADER + "x-archive-page-sha256")).hasSize(64);
        assertThat(item.property(HEADER + "x-archive-connector")).isNotEmpty();
        assertThat(item.field("body").toString()).contains("contentType=html", "<");
        assertThat((List<?>) item.field("toRecipients")).isNotNull();
    }

    @Test
    void anItemIsReadUnsentByNobodyAndHasTheTimesOfItsMessage() {
        GraphMailbox.Item item = file("Subject: x\n\ny\n");

        assertThat(item.property("Integer 0x0E07")).isEqualTo("1");
        assertThat(item.property("SystemTime 0x0E06")).isEqualTo("2026-03-29T01:59:59Z");
        assertThat(item.property("SystemTime 0x0039")).isEqualTo("2026-03-29T01:59:59Z");
        assertThat(item.draft()).isFalse();
        assertThat(item.read()).isTrue();
        assertThat(item.messageId()).isEqualTo("<one@test.invalid>");
    }

    @Test
    void namesAndSubjectAreDecoded() {
        GraphMailbox.Item item = file("""
                From: "=?UTF-8?B?5b6u5L+h?=" <wxid_1@wechat.invalid>
                To: Ben <ben@example.com>,
                 "Smith, Ann" <ann@example.com>
                Subject: =?UTF-8?Q?snowman_=E2=98=83?=
                References: <a@x>
                 <b@x>
                In-Reply-To: <b@x>
                X-Archive-Owner: =?UTF-8?Q?=E5=BE=AE?=

                y
                """);

        Map<?, ?> from = (Map<?, ?>) ((Map<?, ?>) item.field("from")).get("emailAddress");
        assertThat(from.get("name")).isEqualTo("微信");
        assertThat(from.get("address")).isEqualTo("wxid_1@wechat.invalid");
        assertThat(item.field("sender")).isEqualTo(item.field("from"));
        assertThat(item.field("toRecipients").toString()).contains("name=Smith, Ann", "ben@example.com");
        assertThat(item.field("subject")).isEqualTo("snowman \u2603");
        assertThat(item.property("String 0x1039")).isEqualTo("<a@x> <b@x>");
        assertThat(item.property("String 0x1042")).isEqualTo("<b@x>");
        assertThat(item.property(HEADER + "x-archive-owner")).isEqualTo("微");
        assertThat(item.property(GraphMarker.PROPERTY)).isNull();
    }

    @Test
    void undisclosedRecipientsAreNone() {
        assertThat((List<?>) file("To: undisclosed-recipients:;\n\ny\n").field("toRecipients"))
                .isEmpty();
    }

    @Test
    void ofTextAndHtmlTheBodyIsTheHtmlAndANoteBesideThemIsAFile() {
        GraphMailbox.Item item = file("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain; charset=UTF-8

                plain
                --a
                Content-Type: text/html; charset=ISO-8859-1
                Content-Transfer-Encoding: quoted-printable

                <p>caf=E9</p>
                --a--
                --m
                Content-Type: text/plain; charset=UTF-8
                Content-Disposition: inline

                left out
                --m--
                """);

        assertThat(item.field("body").toString()).contains("<p>café</p>", "html");
        assertThat(item.attachments()).extracting(GraphMailbox.File::name).containsExactly("note-1.txt", "message.eml");
        assertThat(new String(item.attachments().get(0).content(), StandardCharsets.UTF_8))
                .contains("left out");
    }

    @Test
    void anUnknownCharsetAndABrokenContentTypeAreBorne() {
        GraphMailbox.Item item = file("Content-Type: text/plain; charset=klingon\n\nsnowman \u2603\n");
        assertThat(item.field("body").toString()).contains("snowman \u2603");

        assertThat(file("MIME-Version: 1.0\nContent-Type: text/;;\n\ny\n").messageId())
                .isEqualTo("<one@test.invalid>");
    }

    @Test
    void halfACharacterIsAQuestionMark() {
        String halves = Base64.getEncoder().encodeToString("\0\0\u00d8\0\0\0\0b".getBytes(StandardCharsets.ISO_8859_1));

        GraphMailbox.Item item = file("MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-32BE\n"
                + "Content-Transfer-Encoding: base64\n\n" + halves + "\n");

        assertThat(item.field("body").toString()).contains("content=?b");
    }

    @ParameterizedTest
    @CsvSource({
        "urn:content-class:custom.WeChatArchiver, IPM.Note.Custom.WeChatArchiver",
        "urn:content-class:custom.AT&TSMS, IPM.Note.Custom.AT&TSMS",
        "=?UTF-8?Q?urn:content-class:custom.=E5=BE=AE=E4=BF=A1?=, IPM.Note.Custom.__",
        "urn:content-class:custom..a..b., IPM.Note.Custom.a.b",
        "urn:content-class:custom., IPM.Note",
        "urn:content-classes:message, IPM.Note"
    })
    void theClassIsMadeOfTheContentClass(String contentClass, String itemClass) {
        assertThat(classOf(contentClass)).isEqualTo(itemClass);
    }

    private static String classOf(String contentClass) {
        return ItemClass.of(("Content-Class: " + contentClass + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aClassHasLessThan256Characters() {
        assertThat(classOf("urn:content-class:custom." + "x".repeat(400))).hasSize(255);
    }
}
