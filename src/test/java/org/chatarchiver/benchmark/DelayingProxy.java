package org.chatarchiver.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A long line to a server on 127.0.0.1: what is sent arrives later, in either direction, and as much of it may be under way as fits. For
 * any protocol over TCP.
 */
final class DelayingProxy implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;
    /** Of what is under way in one direction: 32 MB. */
    private static final int BUFFERS = 1_000;

    private static final byte[] END = {};

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final int target;
    private final long delayNanos;

    private record Bytes(byte[] bytes, long due) {}

    /** @param delay each way */
    DelayingProxy(int target, Duration delay) throws IOException {
        this.target = target;
        this.delayNanos = delay.toNanos();
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "delaying-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                relay(client, server);
                relay(server, client);
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void relay(Socket from, Socket to) {
        BlockingQueue<Bytes> line = new LinkedBlockingQueue<>(BUFFERS);
        start(() -> take(from, line));
        start(() -> give(line, to));
    }

    private void take(Socket from, BlockingQueue<Bytes> line) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                line.put(new Bytes(Arrays.copyOf(buffer, n), System.nanoTime() + delayNanos));
            }
        } catch (IOException e) {
            // The connection's end, as far as the other side is concerned.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.add(new Bytes(END, System.nanoTime() + delayNanos));
    }

    private static void give(BlockingQueue<Bytes> line, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Bytes next = line.take(); next.bytes() != END; next = line.take()) {
                TimeUnit.NANOSECONDS.sleep(next.due() - System.nanoTime());
                out.write(next.bytes());
            }
        } catch (IOException e) {
            // The connection's end, as far as the other side is concerned.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
