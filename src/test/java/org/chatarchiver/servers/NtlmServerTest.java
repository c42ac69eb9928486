package org.chatarchiver.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hash that the stub checks NTLM log-ins with, by the test vectors of RFC 1320. */
class NtlmServerTest {
    @ParameterizedTest
    @CsvSource({
        "'', 31d6cfe0d16ae931b73c59d7e0c089c0",
        "abc, a448017aaf21d8525fc10ae87aa6729d",
        "abcdefghijklmnopqrstuvwxyz, d79e1c308aa5bbcdeea8ed63df412da9",
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890, e33b4ddc9c38f2199c3e7b164fcc0536"
    })
    void passwordsAreHashedByMd4(String text, String digest) {
        assertThat(HexFormat.of().formatHex(Md4.of(text.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(digest);
    }
}
