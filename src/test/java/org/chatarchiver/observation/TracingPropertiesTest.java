package org.chatarchiver.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingPropertiesTest {
    private static TracingProperties of(String endpoint, String authorization) {
        return new TracingProperties(endpoint, authorization, "", 1, Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://collector.example.com/v1/traces",
                "http://127.0.0.1:4318/v1/traces",
                "http://[::1]:4318/v1/traces"
            })
    void overTlsOrToThisMachineTracesMayGo(String endpoint) {
        assertThat(of(endpoint, "Bearer x").endpoint()).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://collector.example.com/v1/traces",
                "http://127.0.0.1.example.com/v1/traces",
                "collector.example.com",
                "ftp://collector.example.com",
                "https:///v1/traces"
            })
    void whereTheyWouldBeReadOnTheWayTheyMayNot(String endpoint) {
        assertThatThrownBy(() -> of(endpoint, "")).hasMessageContaining("archiver.tracing.endpoint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ops:MarkerOfThePassword@collector.example.com",
                "https://collector.example.com/v1/traces?key=MarkerOfThePassword"
            })
    void whatIsSecretBelongsElsewhereAndIsNotShown(String endpoint) {
        assertThatThrownBy(() -> of(endpoint, ""))
                .hasMessageContaining("archiver.tracing.authorization")
                .hasMessageNotContaining("MarkerOfThePassword");
    }

    @Test
    void aHeaderHasNoSecondLine() {
        assertThatThrownBy(() -> of("", "Bearer MarkerOfThePassword\r\nX: y"))
                .hasMessageContaining("archiver.tracing.authorization")
                .hasMessageNotContaining("MarkerOfThePassword");
        assertThat(of("", "Bearer MarkerOfThePassword")).asString().doesNotContain("MarkerOfThePassword");
    }
}
