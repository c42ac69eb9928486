package org.chatarchiver.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.chatarchiver.msexchange.transport.Security;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AlertPropertiesTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Bound.class);

    @EnableConfigurationProperties(AlertProperties.class)
    static class Bound {}

    @Test
    void nobodyGetsAnyMailUnlessToldOtherwise() {
        application.run(context -> assertThat(context.getBean(AlertProperties.class))
                .isEqualTo(new AlertProperties(
                        List.of(),
                        "",
                        "",
                        587,
                        Security.starttls,
                        "",
                        "",
                        "",
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1))));
    }

    @Test
    void everySettingIsRead() {
        application
                .withPropertyValues(
                        "archiver.alerts.to=a@example.com, b@example.com",
                        "archiver.alerts.from=c@example.com",
                        "archiver.alerts.host=mail.example.com",
                        "archiver.alerts.port=465",
                        "archiver.alerts.security=tls",
                        "archiver.alerts.username=u",
                        "archiver.alerts.password=hidden-word",
                        "archiver.alerts.ssl-bundle=ours",
                        "archiver.alerts.delay=1",
                        "archiver.alerts.period=100",
                        "archiver.alerts.interval=2h")
                .run(context -> {
                    AlertProperties alerts = context.getBean(AlertProperties.class);
                    assertThat(alerts)
                            .isEqualTo(new AlertProperties(
                                    List.of("a@example.com", "b@example.com"),
                                    "c@example.com",
                                    "mail.example.com",
                                    465,
                                    Security.tls,
                                    "u",
                                    "hidden-word",
                                    "ours",
                                    Duration.ofMillis(1),
                                    Duration.ofMillis(100),
                                    Duration.ofHours(2)));
                    assertThat(alerts.toString()).doesNotContain("hidden-word");
                });
    }

    @Test
    void aPasswordIsNotSentInTheClearToAnotherMachine() {
        application
                .withPropertyValues(
                        "archiver.alerts.security=none",
                        "archiver.alerts.host=mail.example.com",
                        "archiver.alerts.password=x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("would send archiver.alerts.password to mail.example.com in the clear"));
    }
}
