package org.chatarchiver.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.chatarchiver.servers.ClassData;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** One process of the archiver with crash points in it, spoken to over its REST API. An IOException of a question may mean that it is dead. */
final class MortalArchiver implements AutoCloseable {
    private static final String USER = "matrix";
    private static final String PASSWORD = "matrix-secret";
    private static final String HASH = new BCryptPasswordEncoder(10).encode(PASSWORD);
    private static final int KILLED = 128 + 9;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final URI api;
    private final Path output;

    private MortalArchiver(Process process, URI api, Path output) {
        this.process = process;
        this.api = api;
        this.output = output;
    }

    /**
     * Starts it and does not wait.
     *
     * @param marks where points that have killed leave a mark
     * @param ahead how far its clock is ahead
     * @param output where its log is appended
     */
    static MortalArchiver start(
            Map<String, Object> settings, Collection<CrashPoint> points, Path marks, Duration ahead, Path output)
            throws IOException {
        return start(settings, points, "KILL", marks, ahead, output);
    }

    /** As {@link #start}, of one that stops itself by SIGSTOP at these points. */
    static MortalArchiver startToStop(
            Map<String, Object> settings, Collection<CrashPoint> points, Path marks, Path output) throws IOException {
        return start(settings, points, "STOP", marks, Duration.ZERO, output);
    }

    private static MortalArchiver start(
            Map<String, Object> settings,
            Collection<CrashPoint> points,
            String signal,
            Path marks,
            Duration ahead,
            Path output)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.attach.allowAttachSelf=true",
                "-XX:+EnableDynamicAgentLoading",
                "-D" + CrashingArchiver.AHEAD + "=" + ahead,
                "-D" + Crash.SIGNAL + "=" + signal,
                "-D" + Crash.MARKS + "=" + marks,
                "-D" + Crash.POINTS + "="
                        + points.stream().map(CrashPoint::name).collect(Collectors.joining(","))));
        command.addAll(ClassData.flags());
        command.addAll(List.of(
                CrashingArchiver.class.getName(),
                "--server.port=" + port,
                "--archiver.security.users[0].username=" + USER,
                "--archiver.security.users[0].password={bcrypt}" + HASH,
                "--archiver.security.users[0].roles=DATA_CONNECTOR_ADMIN"));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        return new MortalArchiver(process, URI.create("http://127.0.0.1:" + port), output);
    }

    /** @throws IllegalStateException if it ended otherwise than by SIGKILL */
    boolean alive() {
        if (process.isAlive()) {
            return true;
        }
        if (process.exitValue() != KILLED) {
            throw new IllegalStateException(
                    "The archiver ended by itself with status " + process.exitValue() + ", see " + output);
        }
        return false;
    }

    /** Whether it has started; false also where it is dead. */
    boolean ready() throws InterruptedException {
        try {
            return alive()
                    && HTTP.send(
                                            HttpRequest.newBuilder(api.resolve("/actuator/health"))
                                                    .timeout(Duration.ofSeconds(5))
                                                    .build(),
                                            BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** SIGSTOP, from outside; returns once all of it stands still. */
    void stop() throws IOException, InterruptedException {
        signal("-STOP");
        await().until(this::isStopped);
    }

    /** SIGCONT. */
    void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    }

    /** By itself or from outside (proc(5): the state behind the name in brackets). */
    boolean isStopped() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    }

    /** Whether its log has this text. */
    boolean hasSaid(String text) throws IOException {
        return Files.readString(output).contains(text);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(request(path).GET());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    /** Whether a gauge of the archiver is 0 under every tag. */
    boolean isZero(String gauge) throws IOException, InterruptedException {
        String all = new String(send(request("/actuator/prometheus").GET()).body(), StandardCharsets.UTF_8);
        List<String> values =
                all.lines().filter(line -> line.startsWith(gauge + "{")).toList();
        return !values.isEmpty() && values.stream().allMatch(line -> line.endsWith(" 0.0"));
    }

    /** @return the status */
    int post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)))
                .statusCode();
    }

    /** @return the status */
    int putCsv(String path, String csv) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "text/csv").PUT(BodyPublishers.ofString(csv)))
                .statusCode();
    }

    private HttpRequest.Builder request(String path) {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + login);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** SIGKILL, from outside. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Lets it end in good order. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
