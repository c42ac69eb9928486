package org.chatarchiver.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between an archiver and a mail server on 127.0.0.1. It can be away for a while, and can leave single mailboxes without an answer;
 * the latter only where the connection is in the clear, since it reads who logs in.
 */
public final class MailRelay implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final int target;
    private final int port;
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;

    /** @param target port of the mail server */
    public MailRelay(int target) {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    public int port() {
        return port;
    }

    /** Refuses connections and cuts those that there are. */
    public void leave() {
        close();
    }

    /** Takes connections again, on the same port. */
    public void comeBack() {
        listener = listen(port);
        accept(listener);
    }

    /** Cuts all connections; nothing gets through of those that this mailbox logs in to from now on. */
    public void stall(String mailbox) {
        stalled.add(mailbox);
        sockets.forEach(MailRelay::close);
    }

    /** Lets new connections of all mailboxes through; those that are stalled are cut. */
    public void release() {
        stalled.clear();
        sockets.forEach(MailRelay::close);
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        start(() -> {
            while (!from.isClosed()) {
                try {
                    relay(from.accept());
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void relay(Socket client) throws IOException {
        sockets.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        Flow flow = new Flow(client, server);
        start(flow::request);
        start(flow::answer);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "mail-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection. */
    private final class Flow {
        private final Socket client;
        private final Socket server;
        private volatile boolean stuck;

        Flow(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void request() {
            pump(client, server, true);
        }

        void answer() {
            pump(server, client, false);
        }

        private void pump(Socket from, Socket to, boolean watched) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (watched && logsIn(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                        stuck = true;
                    }
                    if (!stuck) {
                        out.write(buffer, 0, read);
                        out.flush();
                    }
                }
            } catch (IOException cut) {
                // Either side has gone.
            } finally {
                close(client);
                close(server);
                sockets.remove(client);
                sockets.remove(server);
            }
        }

        private boolean logsIn(String text) {
            if (stalled.isEmpty()) {
                return false;
            }
            for (String word : text.split("\\s+")) {
                String login = decoded(word);
                if (stalled.stream().anyMatch(login::contains)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static String decoded(String word) {
        try {
            return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException other) {
            return "";
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(MailRelay::close);
    }
}
