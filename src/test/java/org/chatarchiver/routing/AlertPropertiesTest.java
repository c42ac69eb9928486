package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.chatarchiver.msexchange.transport.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                        List.of(), "", "", 587, Security.starttls, "", "", "", 10_000, 60_000, Duration.ofHours(1))));
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
                                    1,
                                    100,
                                    Duration.ofHours(2)));
                    assertThat(alerts.toString()).doesNotContain("hidden-word");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "archiver.alerts.to=a@example.com, archiver.alerts.host and archiver.alerts.from are needed",
        "archiver.alerts.to=nobody, to[0]",
        "archiver.alerts.from=nobody, from",
        "archiver.alerts.port=0, port",
        "archiver.alerts.interval=0s, archiver.alerts.interval is PT0S",
    })
    void whatCannotWorkIsRefusedByItsName(String setting, String named) {
        application
                .withPropertyValues(setting)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(named));
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
