package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.chatarchiver.servers.Certificates;

/** The archiver of a pod, started with its files and environment and nothing else; asked over TLS, as probes do. */
final class PodProcess implements AutoCloseable {
    static final String USER = "ada";
    static final String PASSWORD = "long enough for anybody";

    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String READINESS = "/actuator/health/readiness";

    private final HttpClient http =
            HttpClient.newBuilder().sslContext(Certificates.trustingAll()).build();
    private final Process process;
    private final Path output;
    private final int port;

    private PodProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** @param program from {@code java} on, or what has it started, up to the program's own arguments */
    static PodProcess start(PodFiles files, List<String> program, Path output) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(program);
        // Beside other tests; the pod's own is 8443.
        command.add("--server.port=" + port);
        // With the secret that the pod has, the only door that a token is asked of: this machine, where nobody answers.
        command.add("--archiver.azure-ad.authority-host=https://127.0.0.1:9");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(files.at("/srv/archiver").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(files.environment());
        builder.environment().merge("JDK_JAVA_OPTIONS", " -Djava.io.tmpdir=" + files.at("/tmp"), String::concat);
        return new PodProcess(builder.start(), output, port);
    }

    /** Waits until the pod would be in service. */
    void ready() {
        for (String probe : List.of(LIVENESS, READINESS)) {
            Awaitility.await(probe + ", see " + output)
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> {
                        assertThat(process.isAlive()).as(log()).isTrue();
                        try {
                            return send(probe, "").statusCode() == 200;
                        } catch (IOException notYet) {
                            return false;
                        }
                    });
        }
        Awaitility.await("the last line of the start")
                .atMost(Duration.ofMinutes(1))
                .until(() -> log().contains("is ready"));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, USER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> send(String path, String user) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
        if (!user.isEmpty()) {
            String login = user + ":" + PASSWORD;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String log() throws IOException {
        return Files.readString(output);
    }

    /** @return the exit status of a stop as the kubelet asks for it */
    int stop(Duration grace) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(grace.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
