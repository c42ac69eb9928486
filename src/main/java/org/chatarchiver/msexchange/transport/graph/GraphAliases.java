package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the user of an address that is no user principal name: {@code /users/{id | userPrincipalName}} is documented for no other name. The
 * directory is asked once, by {@code proxyAddresses}, and only for what Graph says that it does not know. That takes the permission
 * {@code User.Read.All}; without it Graph's first word stands. Safe for use by many threads.
 */
final class GraphAliases {
    private static final Logger LOG = LoggerFactory.getLogger(GraphAliases.class);

    /** A consent shows in a token that is asked for later, and tokens last about an hour. */
    static final Duration REFUSED_FOR = Duration.ofHours(1);

    /** So that threads for one mailbox ask once, and those for others seldom wait for them. */
    private static final int LOCKS = 64;

    private static final GraphUsers.Answer NONE = new GraphUsers.Answer(null, null);

    private final GraphRequests requests;
    private final GraphUsers users;
    private final LongSupplier nanoTime;
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
    private final AtomicBoolean warned = new AtomicBoolean();
    /** By {@link #nanoTime}; null before the first refusal. */
    private volatile Long refusedUntil;

    /** @param requests which go to the users that {@code users} gives */
    GraphAliases(GraphRequests requests, GraphUsers users, LongSupplier nanoTime) {
        this.requests = requests;
        this.users = users;
        this.nanoTime = nanoTime;
    }

    /** What is done with a mailbox by one call. */
    interface Work {
        void run(GraphCall call) throws IOException, TransportException;
    }

    /** Does the work; once more where Graph does not know the mailbox, the directory does, and hence nothing has been done. */
    void run(GraphCall call, String mailbox, Work work) throws IOException, TransportException {
        String id = users.id(mailbox);
        try {
            work.run(call);
        } catch (TransportException e) {
            if (e.error().fault() != Fault.MAILBOX_NOT_FOUND || !findAnother(call, mailbox, id)) {
                throw e;
            }
            work.run(call);
        }
    }

    /** @param id which Graph does not know; null for the address itself */
    private boolean findAnother(GraphCall call, String mailbox, String id) throws IOException, TransportException {
        if (mailbox.indexOf('@') < 0) {
            return false;
        }
        synchronized (locks[Math.floorMod(mailbox.hashCode(), LOCKS)]) {
            GraphUsers.Answer known = users.known(mailbox);
            // An id that was found and is known no more is looked for again.
            if (known == null || id != null && id.equals(known.id())) {
                known = ask(call, mailbox, id);
                users.remember(mailbox, known);
            }
            if (known.objection() != null) {
                throw known.objection().thrown();
            }
            return known.id() != null && !known.id().equals(id);
        }
    }

    private GraphUsers.Answer ask(GraphCall call, String mailbox, String id) throws IOException, TransportException {
        Long refused = refusedUntil;
        if (refused != null && nanoTime.getAsLong() - refused < 0) {
            return NONE;
        }
        GraphAnswer answer = call.send(requests.usersWith(mailbox));
        if (!answer.ok()) {
            refuse(answer);
            return NONE;
        }
        warned.set(false);
        JsonNode found = answer.body().path("value");
        if (!found.isArray()) {
            throw new IOException("an answer of the directory without values");
        }
        if (found.size() > 1) {
            return new GraphUsers.Answer(null, ambiguous(mailbox, found.size()));
        }
        String other = found.path(0).path("id").asText("");
        // One that Graph has just not known has no mailbox, whatever the directory says.
        return other.isEmpty() || other.equals(id) ? NONE : new GraphUsers.Answer(other, null);
    }

    private static TransportError ambiguous(String mailbox, int users) {
        return TransportError.lasting(
                Fault.MAILBOX_ELSEWHERE,
                users + " users have this address: take it from all but one, or map the user principal name; "
                        + mailbox);
    }

    /** @throws TransportException where the directory may answer yet */
    private void refuse(GraphAnswer answer) throws TransportException {
        TransportError error = GraphFaults.of(answer);
        if (error.passing() && error.fault() != Fault.LOGIN_REFUSED) {
            throw error.thrown();
        }
        refusedUntil = nanoTime.getAsLong() + REFUSED_FOR.toNanos();
        if (!warned.getAndSet(true)) {
            LOG.warn(
                    "Mailboxes are found by their user principal name alone, since the directory may not be asked ({}):"
                            + " grant the application User.Read.All, or map the user principal names",
                    answer);
        }
    }
}
