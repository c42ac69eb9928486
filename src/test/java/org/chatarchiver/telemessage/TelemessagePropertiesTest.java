package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class TelemessagePropertiesTest {
    private static final String PREFIX = "archiver.telemessage.";
    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Bound.class);

    @Test
    void onlyTheAddressHasToBeSet() {
        context.withPropertyValues(PREFIX + "base-url=https://feed.example.com")
                .run(started -> assertThat(started.getBean(TelemessageProperties.class))
                        .isEqualTo(new TelemessageProperties(
                                "https://feed.example.com",
                                1_000,
                                Duration.ofMinutes(5),
                                Duration.ofHours(1),
                                Duration.ofDays(7),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(30),
                                DataSize.ofGigabytes(4),
                                DataSize.ofGigabytes(2),
                                10_000,
                                100,
                                DataSize.ofKilobytes(64),
                                DataSize.ofMegabytes(64),
                                new TelemessageProperties.Retry(
                                        Duration.ofSeconds(1), Duration.ofMinutes(1), 7, Duration.ofMinutes(5)))));
    }

    @Test
    void everyKeyIsMapped() {
        context.withPropertyValues(
                        PREFIX + "base-url=http://127.0.0.1:8099",
                        PREFIX + "page-limit=10",
                        PREFIX + "settle=1m",
                        PREFIX + "overlap=2h",
                        PREFIX + "retention=3d",
                        PREFIX + "connect-timeout=4s",
                        PREFIX + "read-timeout=5s",
                        PREFIX + "body-timeout=12m",
                        PREFIX + "max-page=6MB",
                        PREFIX + "max-download=13MB",
                        PREFIX + "max-pages=12",
                        PREFIX + "max-empty-pages=14",
                        PREFIX + "spool-threshold=7KB",
                        PREFIX + "max-attachment=8MB",
                        PREFIX + "retry.initial=9ms",
                        PREFIX + "retry.max=10s",
                        PREFIX + "retry.retries=11",
                        PREFIX + "retry.refused=15s")
                .run(started -> assertThat(started.getBean(TelemessageProperties.class))
                        .isEqualTo(new TelemessageProperties(
                                "http://127.0.0.1:8099",
                                10,
                                Duration.ofMinutes(1),
                                Duration.ofHours(2),
                                Duration.ofDays(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(12),
                                DataSize.ofMegabytes(6),
                                DataSize.ofMegabytes(13),
                                12,
                                14,
                                DataSize.ofKilobytes(7),
                                DataSize.ofMegabytes(8),
                                new TelemessageProperties.Retry(
                                        Duration.ofMillis(9), Duration.ofSeconds(10), 11, Duration.ofSeconds(15))))
                        .satisfies(set -> {
                            assertThat(set.windows().overlap()).isEqualTo(Duration.ofHours(2));
                            assertThat(set.reader().inMemory()).isEqualTo(7_168);
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base-url=http://feed.example.com",
                "base-url=",
                "page-limit=0",
                "page-limit=10001",
                "max-pages=0",
                "max-empty-pages=0",
                "settle=-1s",
                "overlap=-1s",
                "retention=0s",
                "read-timeout=0s",
                "body-timeout=0s",
                "connect-timeout=0s",
                "retry.retries=-1",
                "retry.initial=0s"
            })
    void aValueThatCannotWorkStopsTheStart(String setting) {
        context.withPropertyValues(PREFIX + "base-url=https://feed.example.com", PREFIX + setting)
                .run(started -> assertThat(started).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(TelemessageProperties.class)
    static class Bound {}
}
