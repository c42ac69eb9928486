package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.chatarchiver.message.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedRequestTest {
    private final FeedAddress feed = FeedAddress.of("https://archive.example.com:8443/tele/");
    private final FeedRequest.Login login = new FeedRequest.Login("ops", "pä:ss");
    private final Window window =
            new Window(Instant.parse("2026-11-19T02:10:00Z"), Instant.parse("2026-11-20T02:10:00Z"));

    @Test
    void everyValueOfAPageRequestIsPercentEncoded() {
        FeedRequest request = FeedRequest.messages(feed, login, "WECHAT", window, 1000, "a+b/c=&limit=1 #é");
        assertThat(request.uri())
                .hasToString("https://archive.example.com:8443/tele/archive/v1/messages?network=WECHAT"
                        + "&from=2026-11-19T02%3A10%3A00Z&to=2026-11-20T02%3A10%3A00Z&limit=1000"
                        + "&cursor=a%2Bb%2Fc%3D%26limit%3D1%20%23%C3%A9");
        assertThat(FeedRequest.messages(feed, login, "WECHAT", window, 10, null)
                        .uri()
                        .getQuery())
                .doesNotContain("cursor");
    }

    @Test
    void credentialsAreBasicInUtf8AndShownNowhere() {
        FeedRequest request = FeedRequest.messages(feed, login, "WECHAT", window, 10, null);
        assertThat(request.headers())
                .containsEntry("Authorization", "Basic b3BzOnDDpDpzcw==")
                .containsEntry("Accept-Encoding", "gzip")
                .containsEntry("Accept", "application/json")
                .containsKey("User-Agent");
        assertThat(request + " " + login).doesNotContain("Basic", "pä:ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8099", "http://localhost/x", "http://[::1]:80", "https://feed.example.com"})
    void plainHttpIsForThisMachineOnly(String url) {
        assertThat(FeedAddress.of(url).base()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://archive.example.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "https://archive.example.com?x=1",
                "https://archive.example.com#x",
                "ftp://archive.example.com",
                "archive.example.com",
                "https:///x",
                "https://a b",
                ""
            })
    void anAddressThatIsNotSafeIsRefused(String url) {
        assertThatThrownBy(() -> FeedAddress.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("archive.telemessage.base-url".replace("archive.", "archiver."))
                .hasMessageContaining(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://archive.example.com", "FILE://archive.example.com/x", "ws://127.0.0.1"})
    void anAddressOfAnotherSchemeIsToldWhichOnesAreTaken(String url) {
        assertThatThrownBy(() -> FeedAddress.of(url))
                .hasMessageContainingAll(url, "only https:// is taken, and http:// for this machine")
                .hasMessageNotContaining("no URL");
    }

    @Test
    void aPasswordInTheAddressIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> FeedAddress.of("https://ops:geheim@archive.example.com"))
                .hasMessageContaining("password")
                .hasMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/archive/v1/attachments/1",
                "https://archive.example.com:8443/archive/v1/attachments/1",
                "HTTPS://ARCHIVE.example.com:8443/a?x=1",
                "//archive.example.com:8443/a"
            })
    void anAttachmentOnTheFeedsOwnHostIsFetched(String href) {
        assertThat(feed.content(href)).isEqualTo(new Content.Remote(href));
        assertThat(FeedRequest.attachment(feed, login, href).uri().getHost())
                .isEqualToIgnoringCase("archive.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/a",
                "//evil.example.com/a",
                "https://archive.example.com/a",
                "http://archive.example.com:8443/a",
                "https://archive.example.com:8443@evil.example.com/a",
                "https://u:p@archive.example.com:8443/a",
                "/archive/../../etc/passwd",
                "/archive/%2e%2E/x",
                "\\\\evil.example.com\\a",
                "/a b",
                "/a\r\nHost: evil",
                "file:///etc/passwd",
                "mailto:a@b",
                ""
            })
    void anAttachmentElsewhereIsForeign(String href) {
        assertThat(feed.content(href)).isEqualTo(new Content.Absent(Content.Why.FOREIGN_HREF, -1, ""));
        assertThatThrownBy(() -> FeedRequest.attachment(feed, login, href)).hasMessageContaining("not fetched");
    }
}
