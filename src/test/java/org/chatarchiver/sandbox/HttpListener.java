package org.chatarchiver.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 on 127.0.0.1, requests without a body only, one thread per connection and at most 32 of them. The JDK's own server does not
 * serve here: it overwrites the {@code Date} header (JDK 17) and cannot reset a connection, and both are faults to be shown.
 */
final class HttpListener implements AutoCloseable {
    interface Handler {
        void handle(FeedRequest request, Reply reply) throws IOException, InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int CONNECTIONS = 32;
    private static final int IDLE_MILLIS = 60_000;

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Supplier<Instant> clock;
    private final Handler handler;
    private final ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS, task -> {
        Thread thread = new Thread(task, "feed-simulator");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param port 0 for a free one
     * @param tls what proves who we are; null for plain HTTP
     */
    HttpListener(int port, SSLContext tls, Supplier<Instant> clock, Handler handler) throws IOException {
        this.listening =
                tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
        this.clock = clock;
        this.handler = handler;
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        Thread acceptor = new Thread(this::accept, "feed-simulator-accept");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Waits, but not beyond the listener's own end. */
    void pause(long millis) throws InterruptedException {
        closed.await(millis, TimeUnit.MILLISECONDS);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                workers.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    LOG.warn("The feed simulator could not accept a connection", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Reply reply = new Reply(socket, clock);
            for (FeedRequest request = FeedRequest.readFrom(in); request != null; request = FeedRequest.readFrom(in)) {
                handler.handle(request, reply);
                if (!reply.reusable() || request.header("connection").equalsIgnoreCase("close")) {
                    return;
                }
            }
        } catch (SocketException | SocketTimeoutException | SSLException clientLeft) {
            LOG.debug("A connection of the feed simulator ended: {}", clientLeft.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The feed simulator failed to answer", e);
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
        workers.shutdownNow();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
