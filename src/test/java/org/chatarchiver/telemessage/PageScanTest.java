package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageScanTest {
    @Test
    void aPageIsSummedUp() throws IOException {
        assertThat(scan("{\"totalCount\":7,\"messages\":[{\"a\":{\"href\":1}},3,[]],\"more\":{},\"nextCursor\":\"c\"}"))
                .usingRecursiveComparison()
                .ignoringFields("ids")
                .isEqualTo(new PageSummary(OptionalLong.of(7), "c", 3, false, null));
        assertThat(scan("{\"messages\":[],\"nextCursor\":null,\"totalCount\":\"12\"}"))
                .usingRecursiveComparison()
                .ignoringFields("ids")
                .isEqualTo(new PageSummary(OptionalLong.of(12), null, 0, false, null));
        assertThat(scan("\ufeff{\"messages\":[],\"nextCursor\":\"\"}\r\n "))
                .usingRecursiveComparison()
                .ignoringFields("ids")
                .isEqualTo(new PageSummary(OptionalLong.empty(), null, 0, false, null));
    }

    @Test
    void differentMessageIdsAreCountedAndThoseWithoutOneForThemselves() throws IOException {
        DistinctCaptures ids =
                scan("{\"messages\":[{\"messageId\":\"a\",\"x\":{\"messageId\":\"b\"}},{\"messageId\":\"\\u0061\"},"
                                + "{\"messageId\":\"\"},{\"messageId\":7},{},3,{\"messageId\":null}]}")
                        .ids();
        assertThat(ids.distinct()).isEqualTo(6);
        ids.addAll(scan("{\"messages\":[{\"messageId\":\"a\"},{\"messageId\":\"c\"}]}")
                .ids());
        assertThat(ids.distinct()).isEqualTo(7);
    }

    @Test
    void aMessageThatTwoPhonesCapturedIsCountedTwiceAndTheSameCaptureOnce() throws IOException {
        DistinctCaptures ids =
                scan("{\"messages\":[{\"messageId\":\"a\",\"msisdn\":\"+1\"},{\"msisdn\":\"+2\",\"messageId\":\"a\"},"
                                + "{\"messageId\":\"a\",\"msisdn\":\" \u200b+1\u00a0\"},{\"messageId\":\"a\",\"msisdn\":\"\ufeff\"},{\"messageId\":\"a\"},{\"messageId\":\"a\",\"msisdn\":null}]}")
                        .ids();
        assertThat(ids.distinct()).isEqualTo(3);
        ids.addAll(scan("{\"messages\":[{\"messageId\":\"a\",\"msisdn\":\"+2\",\"x\":{\"msisdn\":\"+9\"}},"
                        + "{\"messageId\":\"a\",\"msisdn\":3},{\"messageId\":\"a\",\"msisdn\":[]}]}")
                .ids());
        assertThat(ids.distinct()).isEqualTo(4);
    }

    @Test
    void anIdOfAnyLengthIsNoHindrance() throws IOException {
        String endless = "x".repeat(13 * 1024 * 1024);
        PageSummary page = scan("{\"messages\":[{\"messageId\":\"" + endless + "\",\"attachment\":[{\"href\":\"/a\"}]},"
                + "{\"messageId\":\"b\"}],\"nextCursor\":\"c\"}");
        assertThat(page.messages()).isEqualTo(2);
        assertThat(page.nextCursor()).isEqualTo("c");
        assertThat(page.attachmentsByHref()).isTrue();
        assertThat(page.ids().distinct()).isEqualTo(2);
    }

    @Test
    void attachmentsByHrefAreNoticed() throws IOException {
        assertThat(
                        scan(
                                "{\"messages\":[{\"attachment\":[{\"content\":\"\",\"x\":[{}]},{\"href\":\"/a\"}],\"y\":1},{}]}"))
                .usingRecursiveComparison()
                .ignoringFields("ids")
                .isEqualTo(new PageSummary(OptionalLong.empty(), null, 2, true, null));
        assertThat(scan("{\"messages\":[{\"attachment\":{\"href\":\"/a\"}}]}").attachmentsByHref())
                .isTrue();
        assertThat(scan("{\"messages\":[{\"attachment\":[{\"href\":null}],\"href\":\"/a\"}]}")
                        .attachmentsByHref())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>502</html>",
                "[]",
                "\"messages\"",
                "{}",
                "{\"messages\":{}}",
                "{\"messages\":[]} {\"messages\":[]}",
                "{\"messages\":[]}x",
                "{\"messages\":[],\"messages\":[]}",
                "{\"messages\":[{]}",
                "{\"messages\":[\u0001]}",
                "{\"messages\":null,\"messages\":[]}",
                "{\"messages\":[],\"nextCursor\":5}",
                "{\"messages\":[],\"nextCursor\":{}}",
                "{\"messages\":[],\"totalCount\":\"many\"}",
                "{\"messages\":[],\"totalCount\":-1}",
                "{\"messages\":[],\"totalCount\":[1]}"
            })
    void whatIsNoPageIsNeverTakenForAnEmptyOne(String body) {
        assertThat(reasonOf(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(Reason.PAGE_NOT_JSON);
    }

    @Test
    void brokenUtf8OutsideAStringAndOtherEncodingsAreNoPage() {
        assertThat(reasonOf("{\"messages\":[]\u00c3}".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Reason.PAGE_NOT_JSON);
        assertThat(reasonOf("\ufeff{\"messages\":[]}".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(Reason.PAGE_NOT_JSON);
        assertThat(reasonOf("{\"messages\":[]}".getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(Reason.PAGE_NOT_JSON);
    }

    @Test
    void noMessagesAtAllIsAnEmptyPage() throws IOException {
        assertThat(scan("{\"messages\":null,\"nextCursor\":\"c\",\"totalCount\":0}"))
                .usingRecursiveComparison()
                .ignoringFields("ids")
                .isEqualTo(new PageSummary(OptionalLong.of(0), "c", 0, false, null));
    }

    @Test
    void whatIsInsideAStringMakesNoPageBad() throws IOException {
        String controls = "\u0000\u0001\t\n\u000b\u001f\u007f\u0085\u2028";
        assertThat(scan("{\"messages\":[{\"te" + controls + "xt\":\"" + controls + "\",\"messageId\":\"" + controls
                                + "\"},{}],\"nextCursor\":\"c\"}")
                        .messages())
                .isEqualTo(2);
        String latin =
                "{\"messages\":[{\"na\u00efve\":\"caf\u00e9\",\"messageId\":\"\u00e9\"},{}],\"nextCursor\":\"c\"}";
        PageSummary page = PageScan.scan(new ByteArrayInputStream(latin.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(page.messages()).isEqualTo(2);
        assertThat(page.nextCursor()).isEqualTo("c");
    }

    @Test
    void aPageCutAnywhereIsTruncated() {
        byte[] page = ("{\"totalCount\":1,\"messages\":[{\"messageId\":\"é\\u00e9\",\"b\":true,\"n\":null,\"f\":1.5}],"
                        + "\"nextCursor\":\"c\"}")
                .getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < page.length; length++) {
            assertThat(reasonOf(Arrays.copyOf(page, length)))
                    .as("first %d bytes", length)
                    .isEqualTo(Reason.PAGE_TRUNCATED);
        }
    }

    @Test
    void aCutOrDamagedGzipBodyIsTruncated() throws IOException {
        byte[] gzip = gzip("{\"messages\":[" + "{\"messageId\":\"x\"},".repeat(500) + "{}]}");
        for (int length = 0; length < gzip.length; length++) {
            byte[] cut = Arrays.copyOf(gzip, length);
            assertThatThrownBy(() ->
                            PageScan.scan(FeedBody.inflate(new ByteArrayInputStream(cut), "gzip", bounds(1L << 32))))
                    .asInstanceOf(type(FeedException.class))
                    .extracting(FeedException::reason)
                    .isEqualTo(Reason.PAGE_TRUNCATED);
        }
        assertThat(PageScan.scan(FeedBody.inflate(new ByteArrayInputStream(gzip), "GZIP", bounds(1L << 32)))
                        .messages())
                .isEqualTo(501);
        gzip[gzip.length - 6] ^= 1;
        assertThatThrownBy(
                        () -> PageScan.scan(FeedBody.inflate(new ByteArrayInputStream(gzip), "gzip", bounds(1L << 32))))
                .isInstanceOf(FeedUnavailableException.class);
    }

    @Test
    void anInflatedPageHasALimit() throws IOException {
        byte[] bomb = gzip("{\"messages\":[" + " ".repeat(1_000_000) + "]}");
        assertThatThrownBy(
                        () -> PageScan.scan(FeedBody.inflate(new ByteArrayInputStream(bomb), "gzip", bounds(500_000))))
                .asInstanceOf(type(FeedRefusedException.class))
                .extracting(FeedException::reason)
                .isEqualTo(Reason.PAGE_TOO_LARGE);
        assertThatThrownBy(() -> FeedBody.inflate(InputStream.nullInputStream(), "br", bounds(10)))
                .hasMessageContaining("'br'");
    }

    @Test
    void depthIsAMatterOfTheMessageUntilItThreatensTheReader() throws IOException {
        assertThat(scan("{\"messages\":[{\"x\":" + nested(300) + "},{}]}").messages())
                .isEqualTo(2);
        assertThat(reasonOf(("{\"messages\":[{\"x\":" + nested(1_500) + "}]}").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Reason.PAGE_TOO_DEEP);
        assertThat(reasonOf(("{\"x\":" + nested(100) + ",\"messages\":[]}").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Reason.PAGE_TOO_DEEP);
    }

    @Test
    void aCursorHasALimitAndOtherStringsHaveNone() throws IOException {
        String page = "{\"messages\":[{\"textContent\":\"" + "x".repeat(20_000_000) + "\"}],\"nextCursor\":\"%s\"}";
        assertThat(scan(String.format(Locale.ROOT, page, "c")).messages()).isEqualTo(1);
        assertThat(reasonOf(String.format(Locale.ROOT, page, "c".repeat(9_000)).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Reason.PAGE_NOT_JSON);
        assertThat(reasonOf(("{\"messages\":[],\"nextCursor\":\"" + "c".repeat(20_000_000) + "\"}")
                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Reason.PAGE_NOT_JSON);
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private static PageSummary scan(String page) throws IOException {
        return PageScan.scan(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }

    private static Reason reasonOf(byte[] page) {
        try {
            throw new AssertionError("Taken for a page: " + PageScan.scan(new ByteArrayInputStream(page)));
        } catch (FeedException e) {
            return e.reason();
        } catch (IOException e) {
            throw new AssertionError("No reason given", e);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static FeedBody.Bounds bounds(long bytes) {
        return new FeedBody.Bounds(bytes, Reason.PAGE_TOO_LARGE, "ask for less", Duration.ofMinutes(1));
    }
}
