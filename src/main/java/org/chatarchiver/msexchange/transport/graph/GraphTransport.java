package org.chatarchiver.msexchange.transport.graph;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.chatarchiver.msexchange.transport.AccessTokens;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.ConnectionLimiter;
import org.chatarchiver.msexchange.transport.Delivery;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.Search;
import org.chatarchiver.msexchange.transport.Settlement;
import org.chatarchiver.msexchange.transport.ShortWaits;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Mailboxes by Microsoft Graph v1.0: Exchange Online in every cloud. The application needs the permission {@code Mail.ReadWrite} (of kind
 * application) and no other; with {@code User.Read.All} mailboxes are found by all their addresses. Of what is in a mailbox nothing is read but ids, names of folders and how many attachments an unfinished item
 * of its own has.
 *
 * <p>A mailbox without a licence, on premises or in another cloud is not missing ({@link Fault#MAILBOX_ELSEWHERE}): Graph has answers of its
 * own for them. UIDs are 0, since Graph has none.
 */
public final class GraphTransport implements MailboxTransport {
    /** The read time-outs that a call may take in all, once it is let through. */
    private static final int READS = 2;

    /** Once for the folder that is known, once for the folder made anew. */
    private static final int FOLDERS = 2;

    /** Requests for one mailbox that Exchange Online runs at a time for one application. */
    private static final int MOST_PER_MAILBOX = 4;

    private final GraphSettings settings;
    private final GraphHttp http;
    private final AccessTokens tokens;
    private final ConnectionLimiter limiter;
    private final GraphRequests requests;
    private final GraphAliases aliases;
    private final GraphFolders folders;
    private final GraphSearch search;
    private final GraphNeighbours neighbours;
    private final ShortWaits shortWaits = new ShortWaits();
    private final Settlement settlement = new Settlement();

    public GraphTransport(GraphSettings settings) {
        this(settings, System::nanoTime);
    }

    /** @param nanoTime by which folders and users are looked for again */
    GraphTransport(GraphSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        http = new GraphHttp(settings);
        tokens = new AccessTokens(settings.credential(), settings.tokenScope());
        limiter = new ConnectionLimiter(
                Math.min(MOST_PER_MAILBOX, settings.connections().perMailbox()), settings.connections());
        GraphUsers users = new GraphUsers(nanoTime);
        requests = new GraphRequests(settings.baseUrl(), users::of);
        aliases = new GraphAliases(requests, users, nanoTime);
        folders = new GraphFolders(requests, nanoTime);
        search = new GraphSearch(requests, settings.baseUrl());
        neighbours = new GraphNeighbours(
                settings.connections().probeMailbox(),
                mailbox -> askForNeighbour(mailbox, call -> call.ask(requests.root(mailbox))),
                (mailbox, folder) -> askForNeighbour(mailbox, call -> folders.mayMake(call, mailbox, folder)),
                () -> tokens.role("Mail.ReadWrite"));
    }

    @Override
    public List<Outcome> append(Batch batch) {
        Delivery delivery = new Delivery(batch.emails(), settlement);
        TransportError error = GraphFolders.objection(batch.folder());
        if (error == null && !batch.emails().isEmpty()) {
            error = deliver(batch, delivery);
        }
        if (delivery.begun()) {
            neighbours.filed(batch.mailbox(), batch.folder());
        }
        if (error != null) {
            delivery.end(error);
        }
        return delivery.outcomes();
    }

    /** Null where every e-mail has its outcome. */
    private TransportError deliver(Batch batch, Delivery delivery) {
        ShortWaits.Call waits = shortWaits.call(batch.mailbox());
        TransportError error = null;
        do {
            error = run(batch.mailbox(), batch.fence(), call -> deliver(call, batch, delivery));
        } while (error != null && waits.goesOn(error, delivery.filed()));
        waits.progress(delivery.filed());
        return error;
    }

    private void deliver(GraphCall call, Batch batch, Delivery delivery) throws IOException, TransportException {
        long start = System.nanoTime();
        resolveDoubts(call, batch, delivery);
        for (int i = 0; i < FOLDERS; i++) {
            String id = folders.ensure(call, batch.mailbox(), batch.folder());
            new GraphAppender(call, requests, settings, batch.mailbox(), id, delivery).send();
            if (delivery.finished()) {
                settlement.took(System.nanoTime() - start);
                return;
            }
            // The mailbox's user has removed the folder.
            folders.forget(batch.mailbox(), batch.folder());
        }
        throw TransportError.passing(Fault.FOLDER_REFUSED, "the folder was made, yet the server misses it")
                .thrown();
    }

    /** What is not found may still be on its way through the server, so it is left in doubt rather than sent again. */
    private void resolveDoubts(GraphCall call, Batch batch, Delivery delivery) throws IOException, TransportException {
        List<Integer> inDoubt = delivery.inDoubt();
        if (inDoubt.isEmpty()) {
            return;
        }
        String folder = folders.find(call, batch.mailbox(), batch.folder());
        List<String> ids =
                inDoubt.stream().map(i -> delivery.email(i).messageId()).toList();
        Map<String, Long> found = folder == null
                ? Map.of()
                : search.find(call, batch.mailbox(), folder, ids).uids();
        inDoubt.stream()
                .filter(i -> found.containsKey(delivery.email(i).messageId()))
                .forEach(i -> delivery.delivered(i, 0));
        delivery.missing();
    }

    @Override
    public Found find(Lookup lookup) {
        if (GraphFolders.objection(lookup.folder()) != null
                || lookup.messageIds().isEmpty()) {
            return new Found.Answered(Map.of());
        }
        return Search.find(() -> {
            AtomicReference<Found.Answered> found = new AtomicReference<>();
            ask(lookup.mailbox(), call -> {
                String id = folders.find(call, lookup.mailbox(), lookup.folder());
                found.set(
                        id == null
                                ? new Found.Answered(Map.of())
                                : search.find(call, lookup.mailbox(), id, lookup.messageIds()));
            });
            return found.get();
        });
    }

    @Override
    public Listed list(Listing listing) {
        if (GraphFolders.objection(listing.folder()) != null) {
            return new Listed.Part(List.of(), null);
        }
        return Search.list(() -> {
            AtomicReference<Listed.Part> part = new AtomicReference<>();
            ask(listing.mailbox(), call -> part.set(new GraphListing(requests, folders).list(call, listing)));
            return part.get();
        });
    }

    private void ask(String mailbox, GraphAliases.Work work) throws TransportException {
        TransportError error = run(mailbox, Fence.OPEN, work);
        if (error != null) {
            throw error.thrown();
        }
    }

    @Override
    public Existence exists(String mailbox) {
        TransportError error = run(mailbox, Fence.OPEN, call -> call.ask(requests.root(mailbox)));
        if (error == null) {
            return new Existence.Present();
        }
        return error.fault() == Fault.MAILBOX_NOT_FOUND
                ? new Existence.Missing(error.detail())
                : new Existence.Unknown(error.fault(), error.delay(), error.detail());
    }

    /**
     * Null where it went well. No pass is held while a token is asked for, nor while neighbours are: they need one too. A token that is not
     * given is everybody's trouble, so they would not know more.
     */
    @SuppressWarnings("try") // A pass is only held.
    private TransportError run(String mailbox, Fence fence, GraphAliases.Work work) {
        String token;
        try {
            token = tokens.current();
        } catch (TransportException e) {
            return e.error();
        }
        TransportError error;
        try (ConnectionLimiter.Pass pass = limiter.enter(mailbox)) {
            aliases.run(call(token, settings.connections().readTimeout().multipliedBy(READS), fence), mailbox, work);
            neighbours.reached(mailbox);
            return null;
        } catch (TransportException e) {
            error = e.error();
        } catch (IOException e) {
            error = lost(e);
        }
        TransportError settled = neighbours.settle(mailbox, error);
        if (settled.fault() == Fault.THROTTLED) {
            limiter.throttle(mailbox, settled.delay());
        }
        return settled;
    }

    @SuppressWarnings("try") // A pass is only held.
    private void askForNeighbour(String mailbox, GraphAliases.Work work) throws IOException, TransportException {
        String token = tokens.current();
        try (ConnectionLimiter.Pass pass = limiter.enter(mailbox)) {
            aliases.run(call(token, settings.connections().connectTimeout(), Fence.OPEN), mailbox, work);
        }
    }

    private GraphCall call(String token, Duration time, Fence fence) {
        return new GraphCall(http, tokens, token, settings.baseUrl(), System.nanoTime() + time.toNanos(), fence);
    }

    static TransportError lost(IOException e) {
        return TransportError.unanswered(
                Fault.UNREACHABLE, e, "no answer: " + e.getClass().getSimpleName() + " " + e.getMessage());
    }

    @Override
    public void close() {
        shortWaits.close();
        limiter.close();
        http.close();
    }
}
