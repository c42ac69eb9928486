package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.chatarchiver.endtoend.ConsoleClient.CONNECTORS;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session in which nothing is done ends, however often a page asks how things stand, and so does every one in the end. */
class ConsoleIdleTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @Test
    void aPageThatAsksByItselfDoesNotKeepItsReaderLoggedIn() throws Exception {
        try (HawtioBed bed = new HawtioBed(
                folder, settings -> settings.set("server.servlet.session.timeout", TIMEOUT.toSeconds() + "s"))) {
            ConsoleClient busy = ConsoleClient.of(bed.port(), ADMIN, PASSWORD);
            ConsoleClient idle = ConsoleClient.of(bed.port(), ADMIN, PASSWORD);
            assertThat(poll(idle).statusCode()).isEqualTo(200);

            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        assertThat(busy.get(CONNECTORS).statusCode()).isEqualTo(200);
                        return poll(idle).statusCode() == 401;
                    });

            assertThat(busy.get(CONNECTORS).statusCode()).isEqualTo(200);
            HttpResponse<String> late = idle.get(CONNECTORS, "Accept", "text/html");
            assertThat(late.headers().firstValue("Location"))
                    .hasValue("/console/login?to=%2Fconsole%2Fconnectors&ended");
            assertThat(poll(idle).headers().firstValue("HX-Refresh")).hasValue("true");
        }
    }

    @Test
    void aPageOfHawtioThatAsksJolokiaDoesNotEitherButWhoSteersARouteStays() throws Exception {
        try (HawtioBed bed = new HawtioBed(
                folder, settings -> settings.set("server.servlet.session.timeout", TIMEOUT.toSeconds() + "s"))) {
            HawtioClient idle = bed.as(ADMIN);
            HawtioClient busy = bed.as(ADMIN);
            String route = "org.apache.camel:context=chat-archiver,type=routes,name=\"webhook\"";

            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        busy.post(HawtioClient.exec(route, "start()"));
                        return idle.post("{\"type\":\"version\"}").statusCode() == 401;
                    });

            assertThat(busy.post("{\"type\":\"version\"}").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoeverIsBusyIsAskedToLogInAgainBehindTheLongestTimeOfASession() throws Exception {
        try (HawtioBed bed = new HawtioBed(
                folder, settings -> settings.set("archiver.security.session-max", TIMEOUT.toSeconds() + "s"))) {
            ConsoleClient console = ConsoleClient.of(bed.port(), ADMIN, PASSWORD);
            HawtioClient hawtio = bed.as(ADMIN);
            assertThat(console.get(CONNECTORS).statusCode()).isEqualTo(200);

            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> console.get(CONNECTORS).statusCode() == 401
                            && hawtio.get("/actuator/hawtio/user").statusCode() == 401);
        }
    }

    private static HttpResponse<String> poll(ConsoleClient client) throws Exception {
        return client.get(CONNECTORS + "/wechat/live", "HX-Request", "true", "X-Poll", "yes");
    }
}
