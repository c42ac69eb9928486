package org.chatarchiver.msexchange.transport.imap;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.angus.mail.imap.protocol.UIDSet;

/**
 * An IMAP server with one folder for all, which remembers the Message-IDs that it was given, and answers oddly when told to. Reactions
 * are taken in turn; when there are none left, it behaves.
 */
public final class ScriptedImap implements AutoCloseable {
    /** Files the e-mail, then cuts the connection instead of answering. */
    static final String FILE_AND_CUT = "file and cut";
    /** Cuts the connection without filing. */
    static final String CUT = "cut";
    /** Never answers. */
    static final String STALL = "stall";
    /** Answers as usual, after 700 ms. */
    static final String SLOW = "slow";

    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)(\\+?)}$");
    private static final Pattern MESSAGE_ID = Pattern.compile("Message-ID: (<[^>]+>)");

    final Deque<String> onAppend = new ConcurrentLinkedDeque<>();
    public final Deque<String> onLogin = new ConcurrentLinkedDeque<>();
    final Deque<String> onSearch = new ConcurrentLinkedDeque<>();
    final Deque<String> onFetch = new ConcurrentLinkedDeque<>();
    /** It refuses to search for more ids at a time. */
    volatile int mostSearchKeys = Integer.MAX_VALUE;
    /** Of LIST, EXAMINE and CAPABILITY. */
    final Deque<String> onFolder = new ConcurrentLinkedDeque<>();
    /** To what follows a challenge, with the tag of the log-in. */
    volatile String onChallenge;

    final List<String> filed = new CopyOnWriteArrayList<>();
    final List<String> commands = new CopyOnWriteArrayList<>();
    private volatile String capabilities;
    private volatile String challenged;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public ScriptedImap(String extensions) {
        capabilities = "IMAP4rev1 SASL-IR UIDPLUS " + extensions;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Announced from now on, in place of what it has announced so far. */
    void capabilities(String all) {
        capabilities = all;
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-imap");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            say(out, "* OK [CAPABILITY " + capabilities + "] ready");
            while (answer(command(in, out), out)) {
                // Goes on until it is told to cut or the client leaves.
            }
        } catch (IOException e) {
            // The client left.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answer(String command, OutputStream out) throws IOException, InterruptedException {
        commands.add(command);
        String[] words = command.split(" ", 3);
        if (words.length < 2) {
            return command.isEmpty() && challenged != null && react(onChallenge, challenged, "OK in", out);
        }
        String tag = words[0];
        switch (words[1]) {
            case "AUTHENTICATE" -> {
                challenged = tag;
                return react(onLogin.poll(), tag, "OK [CAPABILITY " + capabilities + "] in", out);
            }
            case "LIST", "EXAMINE", "CAPABILITY" -> {
                return folder(tag, words[1], out);
            }
            case "APPEND" -> {
                return append(tag, command, out);
            }
            case "UID" -> {
                return words[2].startsWith("FETCH ") ? fetch(tag, words[2], out) : search(tag, words[2], out);
            }
            default -> {}
        }
        say(out, tag + " OK done");
        return true;
    }

    /** The first e-mail has UID 1. */
    private boolean search(String tag, String keys, OutputStream out) throws IOException, InterruptedException {
        String reaction = onSearch.poll();
        if (reaction == null && keys.split("HEADER Message-ID", -1).length - 1 > mostSearchKeys) {
            reaction = "BAD too many search keys";
        }
        if (reaction == null) {
            say(
                    out,
                    "* SEARCH"
                            + uids(id -> keys.contains("\"" + id + "\""))
                                    .mapToObj(uid -> " " + uid)
                                    .collect(Collectors.joining()));
        }
        return react(reaction, tag, "OK done", out);
    }

    private boolean fetch(String tag, String what, OutputStream out) throws IOException, InterruptedException {
        String reaction = onFetch.poll();
        if (reaction == null) {
            for (long uid : UIDSet.toArray(UIDSet.parseUIDSets(what.split(" ")[1]))) {
                String header = "Message-ID: " + filed.get((int) uid - 1) + "\r\n\r\n";
                say(
                        out,
                        "* " + uid + " FETCH (UID " + uid + " BODY[HEADER.FIELDS (MESSAGE-ID)] {" + header.length()
                                + "}\r\n" + header + ")");
            }
        }
        if (reaction != null && reaction.startsWith("* ")) {
            say(out, reaction);
            reaction = null;
        }
        return react(reaction, tag, "OK done", out);
    }

    private IntStream uids(Predicate<String> wanted) {
        return IntStream.range(0, filed.size())
                .filter(i -> wanted.test(filed.get(i)))
                .map(i -> i + 1);
    }

    private boolean folder(String tag, String command, OutputStream out) throws IOException, InterruptedException {
        String reaction = onFolder.poll();
        if (reaction == null && command.equals("LIST")) {
            say(out, "* LIST () \"/\" Archive");
        }
        return react(reaction, tag, "OK done", out);
    }

    private boolean append(String tag, String command, OutputStream out) throws IOException, InterruptedException {
        String reaction = onAppend.poll();
        if (reaction == null || reaction.equals(FILE_AND_CUT) || reaction.equals(SLOW)) {
            Matcher ids = MESSAGE_ID.matcher(command);
            while (ids.find()) {
                filed.add(ids.group(1));
            }
        }
        return react(reaction, tag, "OK filed", out);
    }

    private boolean react(String reaction, String tag, String usual, OutputStream out)
            throws IOException, InterruptedException {
        if (reaction == null) {
            say(out, tag + " " + usual);
            return true;
        }
        switch (reaction) {
            case CUT, FILE_AND_CUT -> {
                return false;
            }
            case STALL -> closed.await();
            case SLOW -> {
                boolean ended = closed.await(700, TimeUnit.MILLISECONDS);
                say(out, tag + " " + usual);
                return !ended;
            }
            default -> {
                boolean untagged = reaction.startsWith("* ") || reaction.startsWith("+ ");
                say(out, untagged ? reaction : tag + " " + reaction);
                return !reaction.startsWith("* BYE");
            }
        }
        return false;
    }

    /** A command with its literals in place. */
    private static String command(InputStream in, OutputStream out) throws IOException {
        StringBuilder command = new StringBuilder(line(in));
        Matcher literal = LITERAL.matcher(command);
        while (literal.find()) {
            if (literal.group(2).isEmpty()) {
                say(out, "+ go on");
            }
            byte[] content = in.readNBytes(Integer.parseInt(literal.group(1)));
            command.append(new String(content, StandardCharsets.ISO_8859_1)).append(line(in));
            literal = LITERAL.matcher(command);
        }
        return command.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
