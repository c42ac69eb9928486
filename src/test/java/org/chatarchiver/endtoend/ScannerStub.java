package org.chatarchiver.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** A virus scanner as in {@code routes/README.md}: 200 for what is clean, 406 and a name for what is not. Takes what has "virus" in it for one. */
final class ScannerStub implements AutoCloseable {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private int port;

    ScannerStub() throws IOException {
        up();
    }

    /** The route {@code inspect-attachment} as {@code routes/README.md} has it. */
    static String example() throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("routes", "README.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/scan";
    }

    /** What it was asked about. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    /** At the same port as before. */
    void up() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        port = server.getAddress().getPort();
        server.createContext("/scan", this::scan);
        server.start();
    }

    void down() {
        server.stop(0);
    }

    private void scan(HttpExchange exchange) throws IOException {
        String file = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(file);
        byte[] answer = (file.contains("virus") ? "Stub-Virus" : "clean").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(file.contains("virus") ? 406 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        down();
    }
}
