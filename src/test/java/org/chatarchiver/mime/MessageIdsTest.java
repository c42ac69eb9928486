package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
    private final MessageIds ids = new MessageIds("archive.example.com");

    @Test
    void areTheStartOfTheHashOfConnectorAndMessage() {
        // printf 'wechat\nm-1' | sha256sum
        assertThat(ids.messageId("wechat", "m-1", ""))
                .isEqualTo("<b31cc3889189cbafda02b813f8c2587033feaa01@archive.example.com>");
        // printf 'wechat\nm-1\nabc' | sha256sum
        assertThat(ids.messageId("wechat", "m-1", "abc"))
                .isEqualTo("<8f4c786dcef2076db5e27276d2bda5e823a66ce4@archive.example.com>");
    }

    @Test
    void ofAConversationAreHashedAlike() {
        assertThat(ids.conversationId("wechat", "m-1")).isEqualTo(ids.messageId("wechat", "m-1", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a>b", "-a.example", "a..b", "a\r\nBcc: x", "münchen.example", "."})
    void refuseWhatIsNoDomain(String domain) {
        assertThatThrownBy(() -> new MessageIds(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("archiver.message-id-domain is no domain name")
                .message()
                .doesNotContain("\r", "\n");
    }
}
