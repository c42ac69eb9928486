package org.chatarchiver.msexchange.transport.imap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Delivery;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.FolderNames;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransport;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.RefusedLogins;
import org.chatarchiver.msexchange.transport.Search;
import org.chatarchiver.msexchange.transport.Settlement;
import org.chatarchiver.msexchange.transport.ShortWaits;
import org.chatarchiver.msexchange.transport.ShutException;
import org.chatarchiver.msexchange.transport.Slots;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/** Mailboxes by IMAP (RFC 3501): any server, and Exchange Online with XOAUTH2. */
public final class ImapTransport implements MailboxTransport {
    /** One for the first connection, one for a fresh one where the first turns out to be lost. */
    private static final int CONNECTIONS = 2;

    /** The read time-outs that a call may take in all, once it has its connection. */
    private static final int READS = 2;

    private static final int HOUSEKEEPING_SECONDS = 10;

    /** Another process waits for connections that are unused here. */
    private static final int SHARED_HOUSEKEEPING_SECONDS = 1;

    private final ImapSettings settings;
    private final ScheduledThreadPoolExecutor timer;
    private final ImapPool pool;
    private final ImapFolders folders = new ImapFolders();
    private final RefusedLogins refusedLogins;
    private final ShortWaits shortWaits = new ShortWaits();
    private final Settlement settlement = new Settlement();

    public ImapTransport(ImapSettings settings) {
        this.settings = settings;
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "microsoft-exchange-imap");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        ImapLogin login = new ImapLogin(settings, timer);
        pool = new ImapPool(settings, login);
        refusedLogins = new RefusedLogins(settings.connections().probeMailbox(), login, ImapFaults::ofThisMailbox);
        int seconds =
                settings.connections().slots() == Slots.ALONE ? HOUSEKEEPING_SECONDS : SHARED_HOUSEKEEPING_SECONDS;
        timer.scheduleWithFixedDelay(pool::closeIdle, seconds, seconds, TimeUnit.SECONDS);
    }

    @Override
    public List<Outcome> append(Batch batch) {
        Delivery delivery = new Delivery(batch.emails(), settlement);
        TransportError objection = FolderNames.objection(batch.folder());
        if (objection != null) {
            delivery.end(objection);
        }
        if (!delivery.finished()) {
            long end = end();
            ShortWaits.Call waits = shortWaits.call(batch.mailbox());
            TransportError error;
            do {
                error = deliver(batch, delivery, end);
            } while (!delivery.finished() && System.nanoTime() - end < 0 && waits.goesOn(error, delivery.filed()));
            waits.progress(delivery.filed());
            if (!delivery.finished()) {
                delivery.end(error);
            }
        }
        return delivery.outcomes();
    }

    /** When a call is ended although its mailbox still answers now and then: whoever waits for it has other mailboxes too. */
    private long end() {
        return System.nanoTime()
                + settings.connections().readTimeout().multipliedBy(READS).toNanos();
    }

    /** Over one connection; gives what has ended it, where e-mails are left without an outcome. */
    private TransportError deliver(Batch batch, Delivery delivery, long end) {
        try (ImapPool.Lease lease = lease(batch.mailbox())) {
            try {
                lease.connection().endBy(end);
                TransportError error = deliver(lease.connection(), batch, delivery);
                if (error != null) {
                    heed(error, batch.mailbox(), lease);
                }
                return error;
            } catch (IOException e) {
                lease.discard();
                if (e instanceof ShutException shut) {
                    return shut.error();
                }
                pool.suspect(batch.mailbox());
                return lease.connection().overdue() ? overdue(delivery) : lost(e);
            } catch (TransportException e) {
                heed(e.error(), batch.mailbox(), lease);
                return e.error();
            } finally {
                lease.connection().unhurried();
            }
        } catch (TransportException e) {
            return e.error();
        }
    }

    private static TransportError lost(IOException e) {
        return TransportError.unanswered(Fault.UNAVAILABLE, e, "connection lost: " + e.getMessage());
    }

    /** A mailbox that takes its e-mails, if slowly, is not in trouble: the rest only comes later. */
    private static TransportError overdue(Delivery delivery) {
        return delivery.begun()
                ? TransportError.soon(Fault.BUSY, "the batch was too much for the time it had; the rest is sent later")
                : TransportError.passing(Fault.UNAVAILABLE, "no e-mail of the batch was taken in time");
    }

    private TransportError deliver(ImapConnection connection, Batch batch, Delivery delivery)
            throws IOException, TransportException {
        long start = System.nanoTime();
        String name = folders.name(connection, batch.folder());
        resolveDoubts(connection, name, delivery);
        String quoted = ImapFolders.quoted(name);
        folders.ensure(connection, batch.mailbox(), name);
        TransportError error =
                new ImapAppender(connection, quoted, delivery, batch.fence()).send(settings.batchBytes());
        if (error == null && !delivery.open().isEmpty()) {
            // The mailbox's user has removed or renamed the folder.
            folders.forget(batch.mailbox(), name);
            folders.ensure(connection, batch.mailbox(), name);
            error = new ImapAppender(connection, quoted, delivery, batch.fence()).send(settings.batchBytes());
            if (error == null && !delivery.finished()) {
                error = TransportError.passing(Fault.FOLDER_REFUSED, "the folder was made, yet the server misses it");
            }
        }
        settlement.took(System.nanoTime() - start);
        return error;
    }

    /** What is not found may still be on its way through the server, so it is left in doubt rather than sent again. */
    private void resolveDoubts(ImapConnection connection, String name, Delivery delivery)
            throws IOException, TransportException {
        List<Integer> inDoubt = delivery.inDoubt();
        if (inDoubt.isEmpty()) {
            return;
        }
        List<String> ids =
                inDoubt.stream().map(i -> delivery.email(i).messageId()).toList();
        Map<String, Long> uids = ImapSearch.find(connection, folders, name, ids).uids();
        for (int index : inDoubt) {
            Long uid = uids.get(delivery.email(index).messageId());
            if (uid != null) {
                delivery.delivered(index, uid);
            }
        }
        delivery.missing();
    }

    @Override
    public Found find(Lookup lookup) {
        if (FolderNames.objection(lookup.folder()) != null) {
            return new Found.Answered(Map.of());
        }
        return Search.find(() -> ask(lookup.mailbox(), connection -> {
            String name = folders.name(connection, lookup.folder());
            return ImapSearch.find(connection, folders, name, lookup.messageIds());
        }));
    }

    @Override
    public Listed list(Listing listing) {
        if (FolderNames.objection(listing.folder()) != null) {
            return new Listed.Part(List.of(), null);
        }
        return Search.list(() -> ask(listing.mailbox(), connection -> {
            String name = folders.name(connection, listing.folder());
            return ImapListing.list(connection, folders, name, listing);
        }));
    }

    private interface Question<T> {
        T ask(ImapConnection connection) throws IOException, TransportException;
    }

    private <T> T ask(String mailbox, Question<T> question) throws TransportException {
        try (ImapPool.Lease lease = lease(mailbox)) {
            try {
                lease.connection().endBy(end());
                return question.ask(lease.connection());
            } catch (IOException e) {
                lease.discard();
                pool.suspect(mailbox);
                throw lost(e).thrown();
            } catch (TransportException e) {
                heed(e.error(), mailbox, lease);
                throw e;
            } finally {
                lease.connection().unhurried();
            }
        }
    }

    private ImapPool.Lease lease(String mailbox) throws TransportException {
        try {
            return pool.lease(mailbox);
        } catch (TransportException e) {
            TransportError error = settle(mailbox, e.error());
            heedThrottle(error, mailbox);
            throw error.thrown();
        }
    }

    @Override
    public Existence exists(String mailbox) {
        Existence lost = null;
        for (int i = 0; i < CONNECTIONS; i++) {
            try (ImapPool.Lease lease = lease(mailbox)) {
                return opened(lease, mailbox);
            } catch (IOException e) {
                pool.suspect(mailbox);
                lost = existence(lost(e));
            } catch (TransportException e) {
                return existence(e.error());
            }
        }
        return lost;
    }

    private Existence opened(ImapPool.Lease lease, String mailbox) throws IOException {
        try {
            lease.connection().endBy(end());
            ImapFolders.open(lease.connection());
            return new Existence.Present();
        } catch (IOException e) {
            lease.discard();
            throw e;
        } catch (TransportException e) {
            heed(e.error(), mailbox, lease);
            return existence(e.error());
        } finally {
            lease.connection().unhurried();
        }
    }

    private static Existence existence(TransportError error) {
        return error.fault() == Fault.MAILBOX_NOT_FOUND
                ? new Existence.Missing(error.detail())
                : new Existence.Unknown(error.fault(), error.delay(), error.detail());
    }

    private void heed(TransportError error, String mailbox, ImapPool.Lease lease) {
        heedThrottle(error, mailbox);
        if (error.fault() == Fault.UNAVAILABLE) {
            lease.discard();
        }
    }

    /** What a mailbox that could not be opened says of itself or of the destination. */
    private TransportError settle(String mailbox, TransportError error) {
        return switch (error.fault()) {
            case UNAVAILABLE -> refusedLogins.settleUnavailable(mailbox, error);
            case UNREACHABLE -> refusedLogins.settleUnreachable(mailbox, error);
            default -> refusedLogins.settle(mailbox, error);
        };
    }

    private void heedThrottle(TransportError error, String mailbox) {
        if (error.fault() == Fault.THROTTLED) {
            pool.throttle(mailbox, error.delay());
        }
    }

    @Override
    public void close() {
        shortWaits.close();
        pool.close();
        timer.shutdownNow();
    }
}
