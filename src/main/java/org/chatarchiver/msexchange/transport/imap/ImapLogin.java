package org.chatarchiver.msexchange.transport.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.chatarchiver.msexchange.transport.AccessTokens;
import org.chatarchiver.msexchange.transport.Authentication;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.RefusedLogins;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;
import org.chatarchiver.msexchange.transport.WorkedMailboxes;
import org.eclipse.angus.mail.iap.ProtocolException;

/** Opens connections that are logged in to a mailbox. */
final class ImapLogin implements RefusedLogins.LogIns {
    /** A log-in this recent shows that the destination works. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private static final long NEVER = Long.MIN_VALUE;

    /** The read time-outs that a log-in may take in all. */
    private static final int READS = 2;

    private final ImapSettings settings;
    private final AccessTokens tokens;
    private final ScheduledExecutorService writeTimeouts;
    private final AtomicLong workedAt = new AtomicLong(NEVER);
    private final WorkedMailboxes worked = new WorkedMailboxes();

    ImapLogin(ImapSettings settings, ScheduledExecutorService writeTimeouts) {
        this.settings = settings;
        this.writeTimeouts = writeTimeouts;
        this.tokens = settings.authentication() == Authentication.xoauth2
                ? new AccessTokens(settings.credential(), settings.tokenScope())
                : null;
    }

    ImapConnection open(String mailbox) throws TransportException {
        ImapConnection connection = logIn(mailbox);
        worked.add(mailbox);
        return connection;
    }

    @Override
    public void attempt(String mailbox) throws TransportException {
        open(mailbox).drop();
    }

    @Override
    public List<String> worked() {
        return worked.latest();
    }

    private ImapConnection logIn(String mailbox) throws TransportException {
        if (tokens == null) {
            return open("PLAIN", plain(mailbox));
        }
        String token = tokens.current();
        try {
            return open("XOAUTH2", xoauth2(mailbox, token));
        } catch (TransportException e) {
            String other = e.error().fault() == Fault.LOGIN_REFUSED ? tokens.instead(token) : token;
            if (other.equals(token)) {
                throw e;
            }
            return open("XOAUTH2", xoauth2(mailbox, other));
        }
    }

    /** Whether any log-in with these credentials worked that recently. */
    private boolean workedWithin(Duration time) {
        long at = workedAt.get();
        return at != NEVER && System.nanoTime() - at < time.toNanos();
    }

    private ImapConnection open(String mechanism, byte[] response) throws TransportException {
        ImapConnection connection = connect();
        boolean loggedIn = false;
        try {
            connection.endBy(System.nanoTime()
                    + settings.connections().readTimeout().multipliedBy(READS).toNanos());
            ImapAnswer answer = connection.authenticate(mechanism, response);
            connection.unhurried();
            if (answer.ok() || answer.code().equals("AUTHORIZATIONFAILED")) {
                // The latter means: good credentials, but not for this mailbox (RFC 5530).
                workedAt.set(System.nanoTime());
            }
            if (!answer.ok()) {
                throw ImapFaults.ofLogin(answer).thrown();
            }
            loggedIn = true;
            return connection;
        } catch (IOException | ProtocolException e) {
            // One mailbox may have stalled or all of them: a log-in that just worked elsewhere tells.
            Fault fault = workedWithin(RECENT) ? Fault.UNAVAILABLE : Fault.UNREACHABLE;
            throw TransportError.unanswered(fault, e, "log-in at " + settings + " not answered: " + reason(e))
                    .thrown();
        } finally {
            if (!loggedIn) {
                connection.drop();
            }
        }
    }

    private ImapConnection connect() throws TransportException {
        try {
            return ImapConnection.open(settings, writeTimeouts);
        } catch (IOException | ProtocolException e) {
            throw TransportError.unanswered(Fault.UNREACHABLE, e, "no connection to " + settings + ": " + reason(e))
                    .thrown();
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    /** RFC 4616: authorisation identity, authentication identity, password. */
    private byte[] plain(String mailbox) {
        String user = settings.username() == null ? mailbox : settings.username();
        String authorisation = settings.username() == null ? "" : mailbox;
        return (authorisation + "\0" + user + "\0" + settings.password()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] xoauth2(String mailbox, String token) {
        return ("user=" + mailbox + "\1auth=Bearer " + token + "\1\1").getBytes(StandardCharsets.UTF_8);
    }
}
