package org.chatarchiver.servers;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How APPEND commands go wrong on their way to an IMAP server. */
public final class AppendFaults {
    /** What happens to one command. */
    public enum Once {
        /** The connection ends in the middle of the first literal. */
        CUT_IN_A_LITERAL,
        /** The server gets the whole command, and the connection ends before its answer. */
        CUT_BEFORE_THE_ANSWER,
        /** The same, and the server has the end of the command only when {@link #finish} says so. */
        CUT_AND_FINISHED_LATE,
        /** The server has the beginning of the first literal, and nothing more is read before {@link #finish}; then all of it passes. */
        HELD_IN_A_LITERAL,
        /** In the middle of the first literal both sides fall silent, and the connection stays. */
        VANISH_IN_A_LITERAL
    }

    private static final int BEGINNING = 1_000;
    private static final String THROTTLED = "BAD Request is throttled. Suggested Backoff Time: 1000 milliseconds";
    private static final Pattern LITERAL = Pattern.compile("\\{([0-9]+)\\+?}$");

    private final Deque<Once> next = new ConcurrentLinkedDeque<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch brokenOff = new CountDownLatch(1);
    private volatile String answer = "";
    private volatile Disturbance disturbance;

    /** The next command suffers this. */
    public void once(Once fault) {
        next.add(fault);
    }

    /** Whether a command is held in its literal. */
    public boolean isHeld() {
        return held.getCount() == 0;
    }

    /** Whether the archiver has left a command that was held before its end. */
    public boolean isBrokenOff() {
        return brokenOff.getCount() == 0;
    }

    /** The server gets the rest of what was cut to be finished late, or held. */
    public void finish() {
        finished.countDown();
    }

    /** Faults that no command has met yet. */
    public int left() {
        return next.size();
    }

    /** Every command is answered so, without its tag, and never reaches the server; empty: none. */
    public void refuseAll(String text) {
        answer = text;
    }

    /** From here on commands go wrong in this way, in the words of Exchange Online. */
    public void disturb(Disturbance trouble) {
        disturbance = trouble;
    }

    /** Commands that were refused so far. */
    public int refused() {
        return refused.get();
    }

    void relay(FaultyProxy.Line line, InputStream client, OutputStream server, OutputStream back) throws IOException {
        InputStream in = new BufferedInputStream(client);
        while (true) {
            String command = line(in);
            line.heard(command);
            boolean append = command.contains(" APPEND ");
            Disturbance.Kind kind = append && disturbance != null ? disturbance.next() : Disturbance.Kind.NONE;
            Once fault =
                    switch (kind) {
                        case CUT_BEFORE -> Once.CUT_IN_A_LITERAL;
                        case CUT_AFTER -> Once.CUT_BEFORE_THE_ANSWER;
                        default -> append ? next.poll() : null;
                    };
            boolean throttled = kind == Disturbance.Kind.THROTTLED || kind == Disturbance.Kind.UNAVAILABLE;
            if (append && (throttled || !answer.isEmpty())) {
                drain(command, in);
                refused.incrementAndGet();
                back.write(
                        (command.substring(0, command.indexOf(' ')) + " " + (throttled ? THROTTLED : answer) + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                back.flush();
            } else if (fault == Once.CUT_AND_FINISHED_LATE) {
                forwardLate(line, command, in, server);
                return;
            } else if (fault == Once.HELD_IN_A_LITERAL) {
                hold(line, command, in, server);
            } else if (fault == null || fault == Once.CUT_BEFORE_THE_ANSWER) {
                forward(line, command, in, server, fault != null);
            } else {
                write(command, server);
                server.write(in.readNBytes(size(command) / 2));
                server.flush();
                if (fault == Once.VANISH_IN_A_LITERAL) {
                    line.vanish();
                }
                return;
            }
        }
    }

    private static void forward(FaultyProxy.Line line, String first, InputStream in, OutputStream server, boolean cut)
            throws IOException {
        String command = first;
        while (true) {
            int size = size(command);
            boolean last = size < 0;
            if (last && cut) {
                line.cutAtNextAnswer();
            }
            write(command, server);
            if (last) {
                server.flush();
                return;
            }
            server.flush();
            server.write(in.readNBytes(size));
            command = line(in);
        }
    }

    private void hold(FaultyProxy.Line line, String command, InputStream in, OutputStream server) throws IOException {
        write(command, server);
        server.write(in.readNBytes(BEGINNING));
        server.flush();
        held.countDown();
        try {
            finished.await();
            server.write(in.readNBytes(size(command) - BEGINNING));
            forward(line, line(in), in, server, false);
        } catch (EOFException e) {
            brokenOff.countDown();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forwardLate(FaultyProxy.Line line, String first, InputStream in, OutputStream server)
            throws IOException {
        String command = first;
        for (int size = size(command); size >= 0; size = size(command)) {
            write(command, server);
            server.flush();
            server.write(in.readNBytes(size));
            command = line(in);
        }
        line.leaveClient();
        try {
            finished.await();
            write(command, server);
            server.flush();
            line.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drain(String first, InputStream in) throws IOException {
        for (int size = size(first); size >= 0; size = size(line(in))) {
            in.skipNBytes(size);
        }
    }

    /** -1 where the line ends its command. */
    private static int size(String line) {
        Matcher literal = LITERAL.matcher(line);
        return literal.find() ? Integer.parseInt(literal.group(1)) : -1;
    }

    private static void write(String line, OutputStream out) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.substring(0, line.length() - 1);
    }
}
