package org.chatarchiver.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.broker.BrokerProperties.Acknowledgement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "amqps://broker.example.com",
                "amqps://broker.example.com:5671?amqp.idleTimeout=120000",
                "amqp://127.0.0.1:5672",
                "amqp://localhost",
                "amqp://[::1]:5672"
            })
    void aBrokerIsReachedOverTlsOrOnThisMachine(String url) {
        assertThat(settings(url, "direct:dead-pages").url()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            amqp://broker.example.com                     | must be amqps://<host>
            amqp://127.0.0.1.example.com                  | must be amqps://<host>
            amqp://10.0.0.1                               | must be amqps://<host>
            failover:(amqps://a.example.com)              | must be amqps://<host>
            https://broker.example.com                    | must be amqps://<host>
            amqps://                                      | no valid URL
            broker                                        | must be amqps://<host>
            amqps://ann:secret@broker.example.com         | names a user
            amqps://b.example.com?transport.trustAll=true | ssl-bundle
            amqps://b.example.com?transport.verifyHost=no | ssl-bundle
            amqps://b.example.com?jms.password=secret     | ssl-bundle
            """)
    void whatWouldTellThePasswordToOthersIsRefusedWithoutTellingIt(String url, String cure) {
        assertThatThrownBy(() -> settings(url, "direct:dead-pages"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("archiver.broker.url")
                .hasMessageContaining(cure)
                .message()
                .doesNotContain("secret@", "=secret");
    }

    @Test
    void aQueueOnABrokerNeedsTheBrokerAndItsDeadLetterQueue() {
        assertThatThrownBy(() -> connections(settings("", "amqp:queue:pages.dead")))
                .hasMessageContaining("archiver.broker.url is needed");
        assertThatThrownBy(() -> connections(settings("amqps://broker.example.com", "direct:dead-pages")))
                .hasMessageContaining("archiver.broker.dead-letter-queue must be too");
        assertThat(connections(settings("amqps://broker.example.com", "amqp:queue:pages.dead")))
                .isNotNull();
    }

    private static BrokerConnections connections(BrokerProperties settings) {
        Clock clock = Clock.systemUTC();
        return new BrokerConfiguration()
                .brokerConnections(settings, null, null, new BrokerState(new Alarms(), clock), clock);
    }

    private static BrokerProperties settings(String url, String deadLetterQueue) {
        return new BrokerProperties(url, "", "", Acknowledgement.transacted, Duration.ofSeconds(10), deadLetterQueue);
    }
}
