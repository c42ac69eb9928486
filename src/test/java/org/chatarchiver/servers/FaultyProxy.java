package org.chatarchiver.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/** Stands on 127.0.0.1 between the archiver and one server, and misbehaves on demand. Safe for several threads. */
public final class FaultyProxy implements AutoCloseable {
    private static final int BUFFER = 8192;
    private static final int RECEIVED = 64 * 1024;

    private final int target;
    private final ServerSocket listener;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AppendFaults appends;
    private final MailSessions sessions;
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean refuses;
    private volatile boolean stalls;
    private volatile int accepted;

    private FaultyProxy(int target, AppendFaults appends, ServerSocketFactory sockets) {
        this(target, appends, sockets, null);
    }

    private FaultyProxy(int target, AppendFaults appends, ServerSocketFactory sockets, MailSessions sessions) {
        this.target = target;
        this.sessions = sessions;
        this.appends = appends;
        try {
            listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            // What is not read is soon not written either.
            listener.setReceiveBufferSize(RECEIVED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** For any protocol over TCP. */
    public static FaultyProxy before(int target) {
        return new FaultyProxy(target, null, ServerSocketFactory.getDefault());
    }

    /** Gives the server in the clear the TLS of these sockets. */
    public static FaultyProxy before(int target, ServerSocketFactory tls) {
        return new FaultyProxy(target, null, tls);
    }

    /** For IMAP in the clear: {@link #appends} says how commands of that name go wrong. */
    public static FaultyProxy beforeImap(int target) {
        return new FaultyProxy(target, new AppendFaults(), ServerSocketFactory.getDefault());
    }

    /** As {@link #beforeImap(int)}, of which the log-ins by SASL PLAIN are counted. */
    public static FaultyProxy beforeImap(int target, MailSessions sessions) {
        return new FaultyProxy(target, new AppendFaults(), ServerSocketFactory.getDefault(), sessions);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public AppendFaults appends() {
        return appends;
    }

    /** Connections that were taken so far, those that were refused too. */
    public int accepted() {
        return accepted;
    }

    /** How much later everything arrives, in either direction. */
    public void latency(Duration delay) {
        latency = delay;
    }

    /** New connections are reset, and those that there are too. */
    public void refuse(boolean refuse) {
        refuses = refuse;
        if (refuse) {
            cut();
        }
    }

    /** Connections are taken, and nothing is ever said; those that there are fall silent too. */
    public void stall(boolean stall) {
        stalls = stall;
        if (stall) {
            lines.forEach(Line::vanish);
        } else {
            cut();
        }
    }

    public void cut() {
        lines.forEach(Line::cut);
        lines.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                accepted++;
                if (refuses) {
                    client.setSoLinger(true, 0);
                    client.close();
                } else {
                    Line line = new Line(client);
                    lines.add(line);
                    start(line::open);
                }
            } catch (IOException e) {
                // The next one may fare better; a closed listener ends the loop.
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection of the archiver, with that to the server behind it. */
    final class Line {
        private final Socket client;
        private volatile Socket server;
        private volatile boolean vanished = stalls;
        private volatile boolean cutsAtNextAnswer;
        private final CountDownLatch ended = new CountDownLatch(1);

        private Line(Socket client) {
            this.client = client;
        }

        private void open() {
            try {
                if (vanished) {
                    return;
                }
                server = new Socket(InetAddress.getLoopbackAddress(), target);
                start(() -> pump(server, client, true));
                if (appends == null) {
                    pump(client, server, false);
                } else {
                    appends.relay(this, client.getInputStream(), server.getOutputStream(), client.getOutputStream());
                }
            } catch (IOException e) {
                cut();
            } finally {
                if (!vanished) {
                    cut();
                }
            }
        }

        private void pump(Socket from, Socket to, boolean answers) {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (answers && cutsAtNextAnswer) {
                        break;
                    }
                    if (vanished) {
                        continue;
                    }
                    if (!latency.isZero()) {
                        closed.await(latency.toMillis(), TimeUnit.MILLISECONDS);
                    }
                    out.write(buffer, 0, n);
                    out.flush();
                }
            } catch (IOException e) {
                // One side has gone, so the other goes.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!vanished) {
                cut();
            }
        }

        boolean isOf(FaultyProxy proxy) {
            return FaultyProxy.this == proxy;
        }

        /** A command's first line, before the server has it. */
        void heard(String command) {
            if (sessions != null) {
                sessions.heard(this, command);
            }
        }

        /** From here on nothing passes, and nobody is told: the peer has lost its power. */
        void vanish() {
            vanished = true;
        }

        /** The server gets the command to its end, the archiver never hears of it. */
        void cutAtNextAnswer() {
            cutsAtNextAnswer = true;
        }

        /** The archiver hears nothing more; the server does not know. */
        void leaveClient() throws IOException {
            client.setSoLinger(true, 0);
            client.close();
        }

        /** Waits until the server has answered, which nobody hears. */
        void awaitEnd() throws InterruptedException {
            ended.await();
        }

        void cut() {
            ended.countDown();
            if (sessions != null) {
                sessions.ended(this);
            }
            try (Socket one = client;
                    Socket other = server) {
                one.setSoLinger(true, 0);
            } catch (IOException e) {
                // Closed before.
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        cut();
    }
}
