package org.chatarchiver.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.chatarchiver.ChatArchiver;
import org.chatarchiver.sandbox.AdminOfTests;
import org.chatarchiver.servers.ClassData;

/** An archiver in a JVM of its own, driven over its REST API. */
final class ArchiverProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+) ");

    private final Path data;
    private final Path output;
    private final Process process;
    private String port;

    private ArchiverProcess(Path data, Path output, Process process) {
        this.data = data;
        this.output = output;
        this.process = process;
    }

    /**
     * With the first compiler only: it starts with half the processor's time, and SHA-256 of large files takes twice as much.
     *
     * @param output where the log goes
     */
    static ArchiverProcess start(String heap, Path data, Map<String, String> settings, Path output) throws IOException {
        return start(List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1"), data, settings, output);
    }

    /** @param jvm flags of the JVM's own */
    static ArchiverProcess start(List<String> jvm, Path data, Map<String, String> settings, Path output)
            throws IOException {
        List<String> program = new ArrayList<>(jvm);
        program.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + Files.createDirectories(temporary(data))));
        program.addAll(ClassData.flags());
        program.add(ChatArchiver.class.getName());
        return run(program, data, settings, output);
    }

    /** {@code java -jar}, with nothing else set. */
    static ArchiverProcess packaged(Path data, Map<String, String> settings, Path output) throws IOException {
        return run(
                List.of(
                        "-jar",
                        Path.of(System.getProperty("archiver.jar"))
                                .toAbsolutePath()
                                .toString()),
                data,
                settings,
                output);
    }

    private static ArchiverProcess run(List<String> program, Path data, Map<String, String> settings, Path output)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program);
        command.add("--server.port=0");
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        AdminOfTests.beside(settings).forEach((name, value) -> command.add("--" + name + "=" + value));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ArchiverProcess archiver = new ArchiverProcess(data, output, process);
        Awaitility.await("start of the archiver, see " + output)
                .atMost(Duration.ofMinutes(5))
                .until(() -> archiver.alive() && archiver.answers());
        return archiver;
    }

    /** Where the JVM of an archiver with this data directory puts what it calls temporary. */
    static Path temporary(Path data) {
        return data.resolveSibling("tmp");
    }

    private boolean alive() throws IOException {
        if (!process.isAlive()) {
            String log = Files.readString(output);
            throw new IllegalStateException("The archiver ended with status " + process.exitValue()
                    + ", and its log with " + log.substring(Math.max(0, log.length() - 2_000)));
        }
        return true;
    }

    private boolean answers() throws InterruptedException {
        try {
            if (port == null) {
                Matcher said = PORT.matcher(Files.readString(output));
                if (!said.find()) {
                    return false;
                }
                port = said.group(1);
            }
            // The port is open before the routes are loaded.
            return send(request("/api/connectors").GET().build()).body().contains("\"wechat\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** @return the path of the run */
    String run(String connector, TestBed.Window window) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(
                Map.of("from", window.from().toString(), "to", window.to().toString()));
        HttpResponse<String> answer = send(request("/api/connectors/" + connector + "/runs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() != 202) {
            throw new IOException("No run: " + answer.statusCode() + " " + answer.body());
        }
        return URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        alive();
        HttpResponse<String> answer = send(request(path).GET().build());
        return JSON.readTree(answer.body());
    }

    /** A file. */
    byte[] bytes(String path) throws IOException, InterruptedException {
        alive();
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    /** Sends a mapping file. */
    HttpResponse<String> map(String connector, Path csv) throws IOException, InterruptedException {
        return send(request("/api/connectors/" + connector + "/mapping")
                .header("Content-Type", "text/csv")
                .PUT(HttpRequest.BodyPublishers.ofFile(csv))
                .build());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        Path password = data.resolve("secrets/admin/password");
        if (!Files.exists(password)) {
            return request;
        }
        String login = "admin:" + Files.readString(password).strip();
        return request.header(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** As by {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
