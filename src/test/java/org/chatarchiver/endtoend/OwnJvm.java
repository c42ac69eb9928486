package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.chatarchiver.ChatArchiver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The program in a JVM of its own, started in an empty directory. */
abstract class OwnJvm {
    static final String FEED = "--archiver.telemessage.base-url=https://feed.example.com";

    @TempDir
    Path folder;

    Path home;
    private Path output;

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        output = folder.resolve("output.log");
    }

    /** What follows {@code java} and the flags of the JVM, up to the program's own arguments. */
    List<String> program() throws IOException {
        // Maven has put them among the classes; whoever compiles by other means has not.
        if (getClass().getResource("/shipped-routes") == null) {
            FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("classes/shipped-routes"));
        }
        return List.of(
                "-cp", folder.resolve("classes") + File.pathSeparator + classPath(), ChatArchiver.class.getName());
    }

    /** The exit status of a start that must not succeed. */
    int refused(String... arguments) throws Exception {
        return refused(freePort(), arguments);
    }

    int refused(int port, String... arguments) throws Exception {
        Process archiver = start(port, arguments);
        try {
            assertThat(archiver.waitFor(5, TimeUnit.MINUTES)).as(log()).isTrue();
            return archiver.exitValue();
        } finally {
            archiver.destroyForcibly();
        }
    }

    Process start(int port, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(program());
        command.add("--server.port=" + port);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Asks it to end, as a supervisor does. */
    static void stop(Process archiver) throws InterruptedException {
        archiver.destroy();
        assertThat(archiver.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Its parts may be relative to another directory than that of the process. */
    private static String classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    String health(Process archiver, int port) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                .build();
        return Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .until(
                        () -> {
                            assertThat(archiver.isAlive()).as(log()).isTrue();
                            try {
                                return http.send(request, HttpResponse.BodyHandlers.ofString())
                                        .body();
                            } catch (IOException notYet) {
                                return "";
                            }
                        },
                        body -> !body.isEmpty());
    }

    String log() throws IOException {
        return Files.readString(output);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
