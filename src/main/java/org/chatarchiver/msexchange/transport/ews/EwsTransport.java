package org.chatarchiver.msexchange.transport.ews;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
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
import org.chatarchiver.msexchange.transport.Refusals;
import org.chatarchiver.msexchange.transport.RefusedLogins;
import org.chatarchiver.msexchange.transport.Search;
import org.chatarchiver.msexchange.transport.Settlement;
import org.chatarchiver.msexchange.transport.ShortWaits;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;
import org.chatarchiver.msexchange.transport.WorkedMailboxes;

/**
 * Mailboxes by Exchange Web Services (MS-OXWSCORE, SOAP 1.1 over HTTP): Exchange Server on premises, 2013 SP1 and newer. The account of
 * the settings impersonates the mailbox of each request, for which it needs the role {@code ApplicationImpersonation}.
 */
public final class EwsTransport implements MailboxTransport {
    /** One for the first connection, one for a fresh one where the first turns out to be lost. */
    private static final int ATTEMPTS = 2;

    /** The read time-outs that a call may take in all, once it has its turn. */
    private static final int READS = 2;

    private static final long REFUSALS_COUNT_FOR = Duration.ofMinutes(10).toNanos();
    private static final Duration FOLDER_MEMORY = Duration.ofMinutes(1);
    private static final Pattern ADDRESS = Pattern.compile("[!-~]{1,319}");

    private final EwsSettings settings;
    private final EwsClient client;
    private final ConnectionLimiter limiter;
    private final EwsFolders folders;
    private final WorkedMailboxes worked = new WorkedMailboxes();
    private final RefusedLogins refusedLogins;
    private final ShortWaits shortWaits = new ShortWaits();
    private final Settlement settlement = new Settlement();

    public EwsTransport(EwsSettings settings) {
        this(settings, FOLDER_MEMORY);
    }

    EwsTransport(EwsSettings settings, Duration folderMemory) {
        this.settings = settings;
        client = new EwsClient(settings);
        limiter = new ConnectionLimiter(settings.connections().perMailbox(), settings.connections());
        folders = new EwsFolders(folderMemory);
        refusedLogins = new RefusedLogins(
                settings.connections().probeMailbox(),
                new LogIns(),
                EwsFaults::ofThisMailbox,
                new Refusals(REFUSALS_COUNT_FOR));
    }

    /** What a call does once it has its turn. */
    private interface Work<T> {
        T in(EwsSession session) throws TransportException, EwsLostException;
    }

    private <T> T call(String mailbox, Fence fence, Work<T> work, Function<TransportError, T> ended) {
        try {
            return settled(mailbox, fence, work);
        } catch (TransportException e) {
            return ended.apply(e.error());
        }
    }

    private <T> T settled(String mailbox, Fence fence, Work<T> work) throws TransportException {
        try {
            T answer = attempt(mailbox, fence, work);
            worked.add(mailbox);
            return answer;
        } catch (TransportException e) {
            throw settle(mailbox, e.error()).thrown();
        }
    }

    private TransportError settle(String mailbox, TransportError error) {
        return error.fault() == Fault.UNREACHABLE
                ? refusedLogins.settleUnreachable(mailbox, error)
                : EwsFaults.explained(refusedLogins.settle(mailbox, error));
    }

    private <T> T attempt(String mailbox, Fence fence, Work<T> work) throws TransportException {
        if (!ADDRESS.matcher(mailbox).matches()) {
            throw TransportError.lasting(Fault.MAILBOX_NOT_FOUND, "no mailbox has the address " + mailbox)
                    .thrown();
        }
        try (ConnectionLimiter.Pass pass = limiter.enter(mailbox)) {
            long end = System.nanoTime()
                    + settings.connections().readTimeout().multipliedBy(READS).toNanos();
            return work.in(new EwsSession(client, limiter, mailbox, end, fence));
        } catch (EwsLostException e) {
            throw e.error().thrown();
        }
    }

    @Override
    public List<Outcome> append(Batch batch) {
        Delivery delivery = new Delivery(batch.emails(), settlement);
        TransportError objection = EwsFolders.objection(batch.folder());
        if (objection != null) {
            delivery.end(objection);
        }
        if (delivery.finished()) {
            return delivery.outcomes();
        }
        ShortWaits.Call waits = shortWaits.call(batch.mailbox());
        TransportError error = null;
        do {
            error = call(batch.mailbox(), batch.fence(), session -> file(session, batch, delivery), ended -> ended);
        } while (error != null && waits.goesOn(error, delivery.filed()));
        waits.progress(delivery.filed());
        if (error != null) {
            delivery.end(error);
        }
        return delivery.outcomes();
    }

    /** Null, since it has gone well. */
    private TransportError file(EwsSession session, Batch batch, Delivery delivery)
            throws TransportException, EwsLostException {
        long start = System.nanoTime();
        for (int attempt = 1; !delivery.finished(); attempt++) {
            try {
                resolveDoubts(session, batch.folder(), delivery);
                new EwsFiling(session, folders, batch.folder(), delivery, settings.batchBytes()).file();
            } catch (EwsLostException e) {
                if (attempt == ATTEMPTS || session.overdue()) {
                    throw e;
                }
            }
        }
        settlement.took(System.nanoTime() - start);
        return null;
    }

    /** What is not found may still be on its way through the server, so it is left in doubt rather than sent again. */
    private void resolveDoubts(EwsSession session, String folder, Delivery delivery)
            throws TransportException, EwsLostException {
        List<Integer> inDoubt = delivery.inDoubt();
        if (inDoubt.isEmpty()) {
            return;
        }
        List<String> ids =
                inDoubt.stream().map(i -> delivery.email(i).messageId()).toList();
        Set<String> found = EwsSearch.find(session, folders, folder, ids).uids().keySet();
        inDoubt.stream()
                .filter(i -> found.contains(delivery.email(i).messageId()))
                .forEach(i -> delivery.delivered(i, 0));
        delivery.missing();
    }

    @Override
    public Found find(Lookup lookup) {
        if (EwsFolders.objection(lookup.folder()) != null) {
            return new Found.Answered(Map.of());
        }
        List<String> ids = List.copyOf(new HashSet<>(lookup.messageIds()));
        return Search.find(() -> settled(
                lookup.mailbox(), Fence.OPEN, session -> EwsSearch.find(session, folders, lookup.folder(), ids)));
    }

    @Override
    public Listed list(Listing listing) {
        if (EwsFolders.objection(listing.folder()) != null) {
            return new Listed.Part(List.of(), null);
        }
        return Search.list(
                () -> settled(listing.mailbox(), Fence.OPEN, session -> EwsListing.list(session, folders, listing)));
    }

    @Override
    public Existence exists(String mailbox) {
        return call(
                mailbox,
                Fence.OPEN,
                session -> {
                    session.require(EwsRequest.getRoot());
                    return new Existence.Present();
                },
                error -> error.fault() == Fault.MAILBOX_NOT_FOUND
                        ? new Existence.Missing(error.detail())
                        : new Existence.Unknown(error.fault(), error.delay(), error.detail()));
    }

    private final class LogIns implements RefusedLogins.LogIns {
        @Override
        public void attempt(String mailbox) throws TransportException {
            EwsTransport.this.attempt(mailbox, Fence.OPEN, session -> session.require(EwsRequest.getRoot()));
        }

        @Override
        public List<String> worked() {
            return worked.latest();
        }
    }

    @Override
    public void close() {
        shortWaits.close();
        limiter.close();
        client.close();
    }
}
