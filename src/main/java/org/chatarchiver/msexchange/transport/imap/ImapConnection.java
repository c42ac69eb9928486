package org.chatarchiver.msexchange.transport.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.Security;
import org.chatarchiver.msexchange.transport.ShutException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.util.MailLogger;

/**
 * One connection. Angus Mail gives the socket, TLS with host-name check, time-outs, capabilities and the reading of responses; commands
 * that carry literals or are pipelined are written here. Used by one thread at a time. An {@link IOException} means that the connection
 * is lost: read or write timed out, cut, or ended by BYE.
 */
final class ImapConnection extends IMAPProtocol {
    private static final String PREFIX = "mail.imap.";
    private static final byte[] CRLF = {'\r', '\n'};
    private static final int SMALL_LITERAL = 4096;
    private static final Pattern CHALLENGE_STATUS = Pattern.compile("\"status\"\\s*:\\s*\"?(\\w{1,30})");

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private int commands;
    private long usedAt = System.nanoTime();
    private boolean hurried;
    private boolean suspected;
    private long end;

    private ImapConnection(ImapSettings settings, Properties properties) throws IOException, ProtocolException {
        super(
                "imap",
                settings.host(),
                settings.port(),
                properties,
                settings.security() == Security.tls,
                new MailLogger(ImapConnection.class, "imap", false, NOWHERE));
        // A trace would hold tokens and messages.
        suspendTracing();
    }

    /** Connects, and has TLS where the settings ask for it. */
    static ImapConnection open(ImapSettings settings, ScheduledExecutorService writeTimeouts)
            throws IOException, ProtocolException {
        ImapConnection connection = new ImapConnection(settings, properties(settings, writeTimeouts));
        boolean ready = false;
        try {
            if (settings.security() == Security.starttls) {
                connection.startTls();
            }
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.disconnect();
            }
        }
    }

    private static Properties properties(ImapSettings settings, ScheduledExecutorService writeTimeouts) {
        Properties properties = new Properties();
        properties.put(
                PREFIX + "connectiontimeout",
                Math.toIntExact(settings.connections().connectTimeout().toMillis()));
        properties.put(
                PREFIX + "timeout",
                Math.toIntExact(settings.connections().readTimeout().toMillis()));
        properties.put(
                PREFIX + "writetimeout",
                Math.toIntExact(settings.connections().readTimeout().toMillis()));
        properties.put(PREFIX + "executor.writetimeout", writeTimeouts);
        properties.put(PREFIX + "ssl.checkserveridentity", true);
        properties.put(PREFIX + "ssl.socketFactory", new TlsSockets(settings.sslContext()));
        properties.put(PREFIX + "socketFactory", new PlainSockets());
        // Without it a failed handshake is tried again with the JVM's defaults instead of these settings.
        properties.put(PREFIX + "socketFactory.fallback", false);
        return properties;
    }

    private void startTls() throws IOException, ProtocolException {
        if (!hasCapability("STARTTLS")) {
            throw new ProtocolException("the server does not offer STARTTLS");
        }
        startTLS();
        suspendTracing();
        // What was said in the clear may have been forged (RFC 3501 section 6.2.1).
        capability();
    }

    /** AUTHENTICATE (RFC 3501 section 6.2.2), with the initial response sent along where SASL-IR (RFC 4959) allows. */
    ImapAnswer authenticate(String mechanism, byte[] initialResponse) throws IOException, ProtocolException {
        String response = Base64.getEncoder().encodeToString(initialResponse);
        boolean along = hasCapability("SASL-IR");
        ImapAnswer answer = authenticate(mechanism, response, along);
        // Some servers announce SASL-IR and have it for some mechanisms only.
        boolean misunderstood = along && answer.status() == ImapAnswer.Status.BAD && !ImapFaults.says(answer);
        return misunderstood ? authenticate(mechanism, response, false) : answer;
    }

    private ImapAnswer authenticate(String mechanism, String response, boolean along)
            throws IOException, ProtocolException {
        String tag = nextTag();
        write(tag + " AUTHENTICATE " + mechanism + (along ? " " + response : ""));
        endCommand();
        boolean sent = along;
        String refusal = "";
        while (true) {
            Response answer = next();
            if (answer.isContinuation()) {
                if (sent) {
                    refusal = challengeStatus(answer.getRest());
                }
                // The second challenge of XOAUTH2 is the refusal in JSON: an empty line asks for the tagged answer.
                write(sent ? "" : response);
                endCommand();
                sent = true;
            } else if (answer.isTagged()) {
                return authenticated(answer).withoutSecrets().with(refusal);
            }
        }
    }

    /** RFC 7628 section 3.2.2: {@code {"status":"401","schemes":"bearer"}} in base64; servers differ in what they say of which refusal. */
    private static String challengeStatus(String challenge) {
        try {
            String json = new String(Base64.getDecoder().decode(challenge.strip()), StandardCharsets.UTF_8);
            Matcher status = CHALLENGE_STATUS.matcher(json);
            return status.find() ? "(status " + status.group(1) + ")" : "";
        } catch (IllegalArgumentException notBase64) {
            // Some other challenge, which the tagged answer follows all the same.
            return "";
        }
    }

    private ImapAnswer authenticated(Response response) throws ProtocolException {
        ImapAnswer answer = ImapAnswer.of(response);
        if (answer.ok() && answer.code().equals("CAPABILITY")) {
            response.reset();
            setCapabilities(response);
        } else if (answer.ok()) {
            // Those of before the log-in no longer count.
            capability();
        }
        return answer;
    }

    /** Lets no wait for a response begin after this time of {@link System#nanoTime}, whatever the server keeps saying until then. */
    void endBy(long nanoTime) {
        hurried = true;
        end = nanoTime;
    }

    /** Takes {@link #endBy} back. */
    void unhurried() {
        hurried = false;
    }

    boolean overdue() {
        return hurried && System.nanoTime() - end > 0;
    }

    String nextTag() {
        // Lower case, since Angus Mail numbers its own commands in upper case.
        return "c" + commands++;
    }

    void write(String text) throws IOException {
        getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void write(byte[] bytes) throws IOException {
        getOutputStream().write(bytes);
    }

    void endCommand() throws IOException {
        getOutputStream().write(CRLF);
    }

    /**
     * Ends a command that changes a mailbox. Behind a fence, its end leaves by itself: whatever is before it has left the process by then,
     * so that no wait lies between the question to the fence and the last bytes.
     *
     * @throws ShutException where the fence is shut: the server has not got the end, and never will
     */
    void commit(Fence fence) throws IOException {
        if (fence == Fence.OPEN) {
            endCommand();
            return;
        }
        OutputStream out = getOutputStream();
        out.flush();
        fence.check();
        out.write(CRLF);
        out.flush();
    }

    /** Whether a literal of this size can be sent without asking (RFC 7888: LITERAL+ any, LITERAL- up to 4,096 bytes). */
    boolean sendsUnasked(int size) {
        return hasCapability("LITERAL+") || hasCapability("LITERAL-") && size <= SMALL_LITERAL;
    }

    /** Sends what was written and waits for the next response. */
    Response next() throws IOException {
        if (overdue()) {
            throw new IOException("took too long");
        }
        OutputStream out = getOutputStream();
        out.flush();
        try {
            Response response = readResponse();
            usedAt = System.nanoTime();
            if (response.isBYE()) {
                throw new IOException("ended by the server: " + ImapAnswer.of(response));
            }
            return response;
        } catch (ProtocolException e) {
            throw new IOException("unreadable response", e);
        }
    }

    /** Waits for the answer to one command. */
    ImapAnswer answer(String tag) throws IOException {
        while (true) {
            Response response = next();
            if (response.isTagged() && tag.equals(response.getTag())) {
                return ImapAnswer.of(response);
            }
        }
    }

    /** One command at a time: what an untagged answer belongs to is clear then. */
    ImapAnswer ask(String command, Consumer<Response> data) throws IOException {
        String tag = nextTag();
        write(tag + " " + command);
        endCommand();
        while (true) {
            Response response = next();
            if (response.isTagged() && tag.equals(response.getTag())) {
                ImapAnswer answer = ImapAnswer.of(response);
                if (ImapFaults.sessionOver(answer)) {
                    throw new IOException("ended by the server: " + answer);
                }
                return answer;
            }
            data.accept(response);
        }
    }

    /** A folder that was opened by EXAMINE. */
    void leave() throws ProtocolException {
        if (hasCapability("UNSELECT")) {
            unselect();
        } else {
            // Removes nothing from a folder that was opened by EXAMINE (RFC 3501 section 6.4.2).
            close();
        }
    }

    /** Whether it still works, as far as can be told: asked by NOOP where it was unused for the given time. */
    boolean alive(long unusedNanos) {
        if (hasResponse()) {
            // A server speaks unasked to an idle client mostly to say BYE.
            return pinged();
        }
        return !suspected && System.nanoTime() - usedAt < unusedNanos || pinged();
    }

    /** Not to be used before it has answered a NOOP. */
    void suspect() {
        suspected = true;
    }

    private boolean pinged() {
        try {
            String tag = nextTag();
            write(tag + " NOOP");
            endCommand();
            suspected = !answer(tag).ok();
            return !suspected;
        } catch (IOException e) {
            return false;
        }
    }

    boolean unusedFor(long nanos) {
        return System.nanoTime() - usedAt >= nanos;
    }

    /** Ends it without waiting for the server. */
    void drop() {
        disconnect();
    }
}
