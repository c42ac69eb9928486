package org.chatarchiver.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a port of 127.0.0.1 for health every 50 ms, whether it is open or not, as an impatient load balancer does. */
final class HealthProbes implements AutoCloseable {
    private final ScheduledExecutorService probes = Executors.newScheduledThreadPool(4);
    private final AtomicInteger connected = new AtomicInteger();
    private final int port;

    HealthProbes(int port) {
        this.port = port;
        probes.scheduleAtFixedRate(this::probe, 0, 50, TimeUnit.MILLISECONDS);
    }

    /** How often the port was open. */
    int connected() {
        return connected.get();
    }

    private void probe() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            connected.incrementAndGet();
            socket.setSoTimeout(1_000);
            OutputStream out = socket.getOutputStream();
            out.write("GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException notOpen) {
            // Asked again in a moment.
        }
    }

    @Override
    public void close() {
        probes.shutdownNow();
    }
}
