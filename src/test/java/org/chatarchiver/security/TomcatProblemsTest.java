package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** What no controller sees, spoken by hand: clients mend or refuse such requests themselves. */
class TomcatProblemsTest extends HttpTest {
    @Autowired
    private ServletWebServerApplicationContext server;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/a|b HTTP/1.1\r\nHost: x\r\n",
                "GET /api/%zz HTTP/1.1\r\nHost: x\r\n",
                "GET /api/%00 HTTP/1.1\r\nHost: x\r\n",
                "GET \\api HTTP/1.1\r\nHost: x\r\n",
                "GET /api/%2e%2e/%5c HTTP/1.1\r\nHost: x\r\n",
                "GET /api//things HTTP/1.1\r\nHost: x\r\n",
                "GET /api/things;x=1 HTTP/1.1\r\nHost: x\r\n",
                "GET /api/things HTTP/1.1\r\n",
                "GET /api/things HTTP/1.1\r\nHost: a b\r\n",
                "GET /api/things HTTP/9.9\r\nHost: x\r\n",
                "G<T /api/things HTTP/1.1\r\nHost: x\r\n",
                "FOO /api/things HTTP/1.1\r\nHost: x\r\n",
                "TRACE /api/things HTTP/1.1\r\nHost: x\r\n",
                "POST /api/things HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
                "POST /api/things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n",
                "GET /api/things HTTP/1.1\r\nHost: x\r\nX-Huge: HUGE\r\n",
                "GET /api/things?HUGE HTTP/1.1\r\nHost: x\r\n"
            })
    void requestThatIsNoneIsRefusedAsAProblemWithTheHeadersOfEverything(String request) throws IOException {
        String answer = answer(request.replace("HUGE", "a".repeat(20_000)));

        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|50[15]) .*");
        assertThat(answer)
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("\"status\":", "\"detail\":\"")
                .doesNotContain("<html", "Tomcat", "Exception", "HUGE");
        for (String header : List.of(
                "X-Content-Type-Options: nosniff",
                "X-Frame-Options: DENY",
                "Content-Security-Policy: default-src 'none'",
                "Referrer-Policy: no-referrer",
                "Cache-Control: no-cache, no-store")) {
            assertThat(answer).contains(header);
        }
        assertThat(answer.split("X-Frame-Options", -1)).as("each once").hasSize(2);
    }

    @Test
    void aRequestThatIsOneIsAnsweredAsBefore() throws IOException {
        assertThat(answer("GET /actuator/health HTTP/1.1\r\nHost: x\r\n")).startsWith("HTTP/1.1 200");
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.getWebServer().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
