package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActuatorAccessTest extends HttpTest {

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void anybodyLearnsTheStatusAndNothingElse(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);
        assertThat(get(path).body()).contains("UP").doesNotContain("components", "details", "diskSpace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void probesMayAskByHead(String path) throws Exception {
        assertThat(send("HEAD", path).statusCode()).isEqualTo(200);
        assertThat(send("HEAD", path).body()).isEmpty();
        assertThat(send("HEAD", "/actuator/health/diskSpace").statusCode()).isEqualTo(401);
        assertThat(send("HEAD", "/actuator/prometheus", as(READER)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void bothRolesSeeTheDetailsOfHealth() throws Exception {
        assertThat(get("/actuator/health", as(READER)).body()).contains("diskSpace", "details");
        assertThat(get("/actuator/health", as(ADMIN)).body()).contains("diskSpace", "details");
    }

    @Test
    void componentOfHealthNeedsARole() throws Exception {
        assertThat(get("/actuator/health/diskSpace").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/health/diskSpace", as(READER)).statusCode()).isEqualTo(200);
    }

    @Test
    void metricsNeedARole() throws Exception {
        assertThat(get("/actuator/prometheus").statusCode()).isEqualTo(401);
        assertThat(get("/actuator/prometheus", as(READER)).body()).contains("jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,text/plain;version=0.0.4;q=0.2,*/*;q=0.1"
            })
    void metricsAreToldAsTextToWhoeverWouldRatherHaveProtocolBuffers(String accept) throws Exception {
        HttpResponse<String> answer = get(
                "/actuator/prometheus",
                Stream.concat(Stream.of("Accept", accept), Stream.of(as(READER)))
                        .toArray(String[]::new));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("text/plain");
        assertThat(answer.body()).contains("jvm_memory_used_bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/env",
                "/heapdump",
                "/threaddump",
                "/beans",
                "/configprops",
                "/loggers",
                "/mappings",
                "/metrics",
                "/shutdown",
                "/jolokia",
                "/quartz",
                "/camel",
                "/camelroutes",
                "/info",
                "/logfile",
                "/flyway"
            })
    void otherEndpointIsServedToNobody(String endpoint) throws Exception {
        assertThat(get("/actuator" + endpoint).statusCode()).isEqualTo(401);
        assertThat(get("/actuator" + endpoint, as(READER)).statusCode()).isEqualTo(403);
        assertThat(get("/actuator" + endpoint, as(ADMIN)).statusCode()).isEqualTo(404);
    }

    @Test
    void nothingOfTheActuatorCanBeChanged() throws Exception {
        assertThat(send("POST", "/actuator/shutdown", as(ADMIN)).statusCode()).isEqualTo(404);
        assertThat(send("POST", "/actuator/health", as(ADMIN)).statusCode()).isEqualTo(404);
        assertThat(send("POST", "/actuator/health").statusCode()).isEqualTo(401);
    }
}
