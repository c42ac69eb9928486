package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has not logged in has nothing written to the disk by a form with a file. */
class UploadRefusalTest {
    private static final int SENT = 100_000;
    private static final String LENGTH = "Content-Length: 1000000\r\n";

    @TempDir
    static Path folder;

    private static HawtioBed bed;

    @BeforeAll
    static void start() throws IOException {
        bed = new HawtioBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /actuator/hawtio/jolokia",
                "POST /actuator/hawtio/x",
                "GET /actuator/hawtio/jolokia",
                "POST /actuator/hawtio/auth/login",
                "POST /actuator/jolokia",
                "POST /actuator/health",
                "GET /actuator/health",
                "POST /api/runs",
                "PUT /api/unknown",
                "GET /api/openapi",
                "POST /console/login",
                "GET /console/login",
                "POST /console/oidc/start/contoso",
                "POST /console/setup/00000000-0000-0000-0000-000000000000/mapping/file",
                "POST /console",
                "POST /",
                "POST /error"
            })
    void aStrangersFormWithAFileIsRefusedUnreadAndUnwritten(String request) throws Exception {
        assertThat(begin(request, "multipart/form-data; boundary=b", LENGTH)).matches("(?s)HTTP/1.1 (403|415) .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Multipart/Form-Data; boundary=b",
                "multipart/mixed; boundary=b",
                " multipart/form-data;boundary=b"
            })
    void howeverItIsWritten(String type) throws Exception {
        assertThat(begin("POST /actuator/hawtio/jolokia", type, LENGTH))
                .startsWith("HTTP/1.1 415 ")
                .contains("\"status\":415", "No file is taken here", "X-Frame-Options: DENY");
        assertThat(begin("POST /actuator/hawtio/jolokia", type, "Transfer-Encoding: chunked\r\n"))
                .startsWith("HTTP/1.1 415 ");
    }

    @Test
    void aBodyThatIsNoFormWithAFileIsAnsweredAsBefore() throws Exception {
        assertThat(begin("POST /api/runs", "application/json", LENGTH)).startsWith("HTTP/1.1 401 ");
    }

    /** The answer to a form of which only the beginning is sent; the container waits for the rest of one that it reads. */
    private static String begin(String request, String type, String length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            socket.setSoTimeout(5_000);
            boolean chunked = length.startsWith("Transfer");
            String part =
                    "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n" + "x".repeat(SENT);
            String body = chunked ? Integer.toHexString(part.length()) + "\r\n" + part + "\r\n" : part;
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\n" + length + "\r\n"
                                    + body)
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = answer(socket.getInputStream());
            assertThat(written()).isEmpty();
            return answer;
        }
    }

    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.write(next);
                if (next == '}'
                        || next == '>'
                                && answer.toString(StandardCharsets.UTF_8).endsWith("</html>")) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            // It waits for the rest.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static List<Path> written() throws IOException {
        File work = (File) bed.bed().archiver().bean(ServletContext.class).getAttribute(ServletContext.TEMPDIR);
        try (Stream<Path> files = Files.walk(work.toPath())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
