package org.chatarchiver.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real Prism on a free port of 127.0.0.1: answers by an OpenAPI description, and refuses with 422 what does not conform to it. */
public final class Prism implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port;

    private Prism(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Returns when it answers. */
    public static Prism start(Path description) {
        try {
            int port = freePort();
            Path log = Files.createTempFile("prism", ".log");
            Process process = new ProcessBuilder(
                            Program.find("prism").orElseThrow().toString(),
                            "mock",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            description.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Prism prism = new Prism(process, log, port);
            prism.awaitStart();
            return prism;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start prism", e);
        }
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void awaitStart() {
        Awaitility.await("prism, see " + log)
                .atMost(Duration.ofSeconds(60))
                .until(() -> !process.isAlive() || answers());
        if (!process.isAlive()) {
            throw new IllegalStateException("prism ended by itself, see " + log);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Files.delete(log);
    }
}
