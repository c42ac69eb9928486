package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedAnswerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T02:15:00Z");
    private static final URI PAGE = URI.create("https://feed.example.com/archive/v1/messages?cursor=secret");
    private static final Path FILE = Path.of("data/secrets/wechat/password");

    @Test
    void onlyTwoHundredIsAPage() {
        assertThat(FeedAnswer.ofPage(200, null, null, NOW)).isEqualTo(new FeedAnswer.Ok());
        assertThat(FeedAnswer.ofPage(204, null, null, NOW)).isInstanceOf(FeedAnswer.Refused.class);
        assertThat(FeedAnswer.ofPage(206, null, null, NOW)).isInstanceOf(FeedAnswer.Refused.class);
        assertThat(FeedAnswer.ofPage(410, null, null, NOW)).isEqualTo(new FeedAnswer.CursorExpired());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayPassIsTriedAgain(int status) {
        assertThat(FeedAnswer.ofPage(status, null, null, NOW))
                .isEqualTo(new FeedAnswer.Retry(Reason.SOURCE_UNAVAILABLE, status, null));
    }

    @ParameterizedTest
    @CsvSource({
        "401, SOURCE_UNAUTHORIZED",
        "403, SOURCE_FORBIDDEN",
        "301, SOURCE_REDIRECT",
        "307, SOURCE_REDIRECT",
        "400, SOURCE_REFUSED",
        "404, SOURCE_REFUSED"
    })
    void whatStaysSoEndsTheRun(int status, Reason reason) {
        assertThat(FeedAnswer.ofPage(status, "5", null, NOW))
                .asInstanceOf(type(FeedAnswer.Refused.class))
                .extracting(FeedAnswer.Refused::reason)
                .isEqualTo(reason);
    }

    @Test
    void aGoneAttachmentIsNoError() {
        assertThat(FeedAnswer.ofAttachment(404, null, null, NOW)).isEqualTo(new FeedAnswer.Gone());
        assertThat(FeedAnswer.ofAttachment(503, "1", null, NOW))
                .isEqualTo(new FeedAnswer.Retry(Reason.SOURCE_UNAVAILABLE, 503, Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "120; PT2M",
                "0; PT0S",
                "'Fri, 20 Nov 2026 02:15:30 GMT'; PT30S",
                "'Fri, 20 Nov 2026 02:00:00 GMT'; PT0S",
                "3600; PT1H",
                "soon; ",
                "-5; "
            },
            delimiter = ';')
    void retryAfterIsSecondsOrADateAndAtMostAnHour(String header, Duration delay) {
        assertThat(FeedAnswer.ofPage(429, header, null, NOW))
                .isEqualTo(new FeedAnswer.Retry(Reason.SOURCE_UNAVAILABLE, 429, delay));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "86400", "99999999999999999999", "Sat, 21 Nov 2026 02:15:30 GMT"})
    void longerThanAnHourNoPageIsWaitedForButAnAttachmentIsAskedForAgainThen(String header) {
        assertThatThrownBy(() -> FeedAnswer.ofPage(503, header, null, NOW.plusNanos(123_456_789))
                        .orThrow(PAGE, "ops", FILE))
                .asInstanceOf(type(FeedRefusedException.class))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SOURCE_PAUSED))
                .satisfies(e -> assertThat(e.getMessage()).containsPattern("left alone until 2[0-9T:-]+Z,"));
        assertThat(FeedAnswer.ofAttachment(503, header, null, NOW))
                .isEqualTo(new FeedAnswer.Retry(Reason.SOURCE_UNAVAILABLE, 503, Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "400, , ask TeleMessage for this attachment",
        "403, , ask TeleMessage to open it for user name 'ops'",
        "302, , 'this one names no other place'",
        "302, https://cdn.example.com/x, why this attachment is at 'https://cdn.example.com/x'",
        "302, https://a:b@cdn.example.com/x?signature=c, why this attachment is at 'https://cdn.example.com/x'",
        "302, //cdn.example.com/x#token=c, why this attachment is at '//cdn.example.com/x'"
    })
    void whatIsSaidOfOneAttachmentBlamesNoSetting(int status, String location, String cure) {
        URI file = URI.create("https://feed.example.com/archive/v1/attachments/7");
        assertThatThrownBy(() ->
                        FeedAnswer.ofAttachment(status, null, location, NOW).orThrow(file, "ops", FILE))
                .hasMessageContainingAll(status + " from " + file + ": ", cure)
                .message()
                .doesNotContain("base-url", "network", "null");
    }

    @Test
    void aRedirectToNowhereIsToldAsOne() {
        assertThatThrownBy(() -> FeedAnswer.ofPage(302, null, null, NOW).orThrow(PAGE, "ops", FILE))
                .hasMessageContaining("names no other place")
                .message()
                .doesNotContain("null");
    }

    @Test
    void anErrorNamesTheThingTheValueAndTheCure() {
        assertThatThrownBy(() -> FeedAnswer.ofPage(401, null, null, NOW).orThrow(PAGE, "o\nps", FILE))
                .isInstanceOf(FeedRefusedException.class)
                .hasMessage("401 from https://feed.example.com/archive/v1/messages: check user name 'o\\nps' and the"
                        + " file data/secrets/wechat/password");
        assertThatThrownBy(() -> FeedAnswer.ofPage(302, null, "https://new.example.com/", NOW)
                        .orThrow(PAGE, "ops", FILE))
                .hasMessageContaining("'https://new.example.com/'")
                .hasMessageContaining("base-url");
        assertThatThrownBy(() -> FeedAnswer.ofPage(429, "7", null, NOW).orThrow(PAGE, "ops", FILE))
                .asInstanceOf(type(FeedUnavailableException.class))
                .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
        assertThatCode(() -> FeedAnswer.ofPage(200, null, null, NOW).orThrow(PAGE, "ops", FILE))
                .doesNotThrowAnyException();
    }
}
