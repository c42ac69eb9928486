package org.chatarchiver.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** A real Azurite (Azure Blob Storage emulator) on a free port of 127.0.0.1, with its data in a temporary directory. */
public final class Azurite implements AutoCloseable {
    // The emulator's published account: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    private static final String ACCOUNT = "devstoreaccount1";
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private Process process;
    private final Path data;
    private final int port;

    private Azurite(Process process, Path data, int port) {
        this.process = process;
        this.data = data;
        this.port = port;
    }

    /** Returns when it answers. */
    public static Azurite start() {
        try {
            Path data = Files.createTempDirectory("azurite");
            int port = freePort();
            Azurite azurite = new Azurite(launch(data, port), data, port);
            azurite.awaitStart();
            return azurite;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start azurite-blob", e);
        }
    }

    private static Process launch(Path data, int port) throws IOException {
        return new ProcessBuilder(List.of(
                        Program.find("azurite-blob").orElseThrow().toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        Integer.toString(port),
                        "--location",
                        data.toString(),
                        "--skipApiVersionCheck",
                        "--silent",
                        "--disableTelemetry"))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("output.log").toFile())
                .start();
    }

    /** Ends it; what it holds stays. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Once more, where it was. */
    public void startAgain() throws IOException {
        process = launch(data, port);
        awaitStart();
    }

    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY
                + ";BlobEndpoint=http://127.0.0.1:" + port + "/" + ACCOUNT + ";";
    }

    private void awaitStart() {
        try {
            Awaitility.await("azurite-blob, see " + data.resolve("output.log"))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive() || answers());
        } finally {
            if (!answers()) {
                process.destroyForcibly();
            }
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("azurite-blob ended by itself, see " + data.resolve("output.log"));
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
    public void close() {
        try {
            stop();
            FileSystemUtils.deleteRecursively(data);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + data, e);
        }
    }
}
