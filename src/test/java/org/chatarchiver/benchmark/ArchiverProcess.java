package org.chatarchiver.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.servers.Dovecot;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The archiver as a process of its own, with its shipped settings and a connection for each mailbox; spoken to over its REST API. */
final class ArchiverProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int LAST_LINES = 20;

    private final Process process;
    private final Path output;
    private final URI api;
    private final Path password;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private ArchiverProcess(Process process, Path output, URI api, Path password) {
        this.process = process;
        this.output = output;
        this.api = api;
        this.password = password;
    }

    /** What the benchmark needs of a run's report. */
    record Report(String state, long imported, Duration took) {}

    static ArchiverProcess start(
            ArchiverCommand command, ArchiverHome home, FeedSimulator feed, Dovecot dovecot, List<String> mailboxes)
            throws IOException {
        return start(command, home, feed, dovecot, mailboxes, Map.of());
    }

    /** @param more settings beside those, or in their place */
    static ArchiverProcess start(
            ArchiverCommand command,
            ArchiverHome home,
            FeedSimulator feed,
            Dovecot dovecot,
            List<String> mailboxes,
            Map<String, String> more)
            throws IOException {
        int port = freePort();
        Map<String, Object> settings = Map.ofEntries(
                Map.entry("archiver.routes", home.routes()),
                Map.entry("archiver.data", home.data()),
                Map.entry("archiver.telemessage.base-url", feed.baseUrl()),
                Map.entry("archiver.exchange.probe-mailbox", mailboxes.get(0)),
                Map.entry("archiver.exchange.connections", mailboxes.size()),
                Map.entry("server.port", port));
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(dovecot.settings());
        all.putAll(more);
        Path output = home.folder().resolve("output");
        Process process = new ProcessBuilder(Stream.concat(
                                command.words().stream(),
                                all.entrySet().stream().map(s -> "--" + s.getKey() + "=" + s.getValue()))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ArchiverProcess archiver = new ArchiverProcess(
                process,
                output,
                URI.create("http://127.0.0.1:" + port),
                home.data().resolve("secrets").resolve("admin").resolve("password"));
        Awaitility.await("the archiver, see " + home.folder()).atMost(START).until(archiver::healthy);
        return archiver;
    }

    /**
     * Settings for a ledger in PostgreSQL, which needs a user of its own: {@code admin}, with the password in the file where the one that is
     * made for an embedded ledger would be.
     */
    static Map<String, String> onPostgres(String url, ArchiverHome home) throws IOException {
        String password = UUID.randomUUID().toString();
        Path file = home.data().resolve("secrets").resolve("admin").resolve("password");
        Files.createDirectories(file.getParent());
        Files.writeString(file, password);
        return Map.of(
                "spring.datasource.url", url,
                "spring.datasource.username", "postgres",
                "spring.datasource.password", "postgres",
                "archiver.security.users[0].username", "admin",
                "archiver.security.users[0].password", "{bcrypt}" + new BCryptPasswordEncoder().encode(password),
                "archiver.security.users[0].roles", "DATA_CONNECTOR_ADMIN");
    }

    /** Says what the process said last where it has ended: its directory is gone when the figures are read. */
    private boolean alive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The archiver has ended with " + process.exitValue() + ":\n" + lastLines());
        }
        return true;
    }

    /** What it said last. */
    String lastLines() throws IOException {
        // Of a stack only what is its matter.
        List<String> said = Files.readAllLines(output).stream()
                .filter(line -> !line.startsWith("\tat "))
                .toList();
        return String.join("\n", said.subList(Math.max(0, said.size() - LAST_LINES), said.size()));
    }

    private boolean healthy() throws IOException, InterruptedException {
        alive();
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(api.resolve("/actuator/health")).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * Archives a window and waits for its end.
     *
     * @param filed whether all e-mails are at their destination: only then is the archiver asked for its report
     * @param most how long that may take, and the end of the run once more
     */
    Report run(String connector, Instant from, Instant to, Callable<Boolean> filed, Duration most) throws IOException {
        String id = begin(connector, from, to);
        Awaitility.await("the e-mails").atMost(most).pollInterval(POLL).until(() -> alive() && filed.call());
        return ended(id, most);
    }

    /** Begins to archive a window; gives the run's id. */
    String begin(String connector, Instant from, Instant to) throws IOException {
        String window = json.writeValueAsString(Map.of("from", from.toString(), "to", to.toString()));
        return call(request("/api/connectors/" + connector + "/runs")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(window)))
                .get("id")
                .asText();
    }

    /** Waits for the end of a run. */
    Report ended(String id, Duration most) throws IOException {
        Awaitility.await("the run")
                .atMost(most)
                .pollInterval(POLL)
                .until(() -> alive() && !report(id).get("state").asText().equals("RUNNING"));
        JsonNode report = report(id);
        return new Report(
                report.get("state").asText(),
                report.get("imported").asLong(),
                Duration.between(
                        Instant.parse(report.get("started").asText()),
                        Instant.parse(report.get("finished").asText())));
    }

    /** Where it listens. */
    URI address() {
        return api;
    }

    JsonNode report(String run) throws IOException {
        return call(request("/api/runs/" + run));
    }

    /** What has become of the route files. */
    JsonNode routes() throws IOException {
        return call(request("/api/routes"));
    }

    /** Has the run's rows counted. */
    JsonNode check(String run) throws IOException {
        return call(request("/api/runs/" + run + "/check").POST(BodyPublishers.noBody()));
    }

    /** Has a run verified, and waits for the end of that. */
    JsonNode verify(String run, Duration most) throws IOException {
        String path = "/api/runs/" + run + "/verify";
        call(request(path).POST(BodyPublishers.noBody()));
        Awaitility.await("the verification")
                .atMost(most)
                .pollInterval(POLL)
                .until(() ->
                        alive() && !call(request(path)).get("state").asText().equals("RUNNING"));
        return call(request(path));
    }

    /** Exports the evidence of all time. @return how many bytes it has */
    long evidence() throws IOException {
        try {
            HttpResponse<InputStream> answer = http.send(
                    request("/api/evidence?from=2000-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")
                            .GET()
                            .build(),
                    BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("Status " + answer.statusCode() + " instead of the evidence");
                }
                return body.transferTo(OutputStream.nullOutputStream());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the evidence was exported", e);
        }
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String login = "admin:" + Files.readString(password).strip();
        return HttpRequest.newBuilder(api.resolve(path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode call(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("The archiver answered " + answer.statusCode() + " at " + answer.uri());
            }
            return json.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the archiver was asked", e);
        }
    }

    /** Of all of its threads, since its start. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Most memory it had at once outside of swap: heap, code, stacks and buffers; -1 where the system does not tell. */
    long peakMegabytes() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the archiver ended", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
