package org.chatarchiver.msexchange.transport.ews;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chatarchiver.msexchange.transport.Delivery;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Files the e-mails of a batch, many in a request, and gives each what Exchange says of it.
 *
 * <p>Exchange reads the MIME content into properties and makes it anew whenever it is asked for: what is in the mailbox has the same
 * headers, texts and attachments, but not the same bytes, as with SMTP and IMAP (MS-OXCMAIL).
 */
final class EwsFiling {
    private static final int MOST_IN_ONE = 50;

    /** The web server takes nothing at the moment; with a time after which it will, it has not let the request in. */
    private static final String UNAVAILABLE = "HTTP 503";

    /** No web server that is meant for e-mails takes less. */
    private static final int NEVER_TOO_LARGE = 2 * 1024 * 1024;

    private final EwsSession session;
    private final EwsFolders folders;
    private final String folder;
    private final Delivery delivery;
    private final int batchBytes;
    private final Set<Integer> alone = new HashSet<>();
    private TransportError end;
    private boolean folderGone;

    EwsFiling(EwsSession session, EwsFolders folders, String folder, Delivery delivery, int batchBytes) {
        this.session = session;
        this.folders = folders;
        this.folder = folder;
        this.delivery = delivery;
        this.batchBytes = batchBytes;
    }

    /**
     * Gives every e-mail its outcome.
     *
     * @throws TransportException what befell the mailbox or the destination: the end of all that have none yet
     * @throws EwsLostException where the connection was lost: what may have arrived is in doubt, the rest is open
     */
    void file() throws TransportException, EwsLostException {
        fileInto(folders.ensure(session, folder));
        if (folderGone) {
            folderGone = false;
            folders.forget(session, folder);
            fileInto(folders.ensure(session, folder));
        }
        if (folderGone) {
            throw TransportError.passing(Fault.FOLDER_REFUSED, "the folder was made, yet the server misses it")
                    .thrown();
        }
    }

    private void fileInto(String folderId) throws TransportException, EwsLostException {
        for (List<Integer> open = delivery.open(); !open.isEmpty() && !folderGone; open = delivery.open()) {
            if (session.overdue()) {
                throw overdue().thrown();
            }
            send(folderId, part(open));
            if (end != null) {
                throw end.thrown();
            }
        }
    }

    /** A mailbox that takes its e-mails, if slowly, is not in trouble: the rest only comes later. */
    private TransportError overdue() {
        return delivery.begun()
                ? TransportError.soon(Fault.BUSY, "the batch was too much for the time it had; the rest is sent later")
                : TransportError.passing(session.down(), "no e-mail of the batch was taken in time");
    }

    private List<Integer> part(List<Integer> open) {
        List<Integer> part = new ArrayList<>();
        long bytes = 0;
        for (int index : open) {
            int size = delivery.email(index).content().length;
            boolean full = bytes + size > batchBytes || part.size() == MOST_IN_ONE || alone.contains(index);
            if (!part.isEmpty() && full) {
                break;
            }
            part.add(index);
            bytes += size;
            if (alone.contains(index)) {
                break;
            }
        }
        return part;
    }

    private void send(String folderId, List<Integer> part) throws TransportException, EwsLostException {
        EwsAnswer answer = answer(
                part,
                EwsRequest.createItems(
                        folderId, part.stream().map(delivery::email).toList()));
        if (answer.refusal() != null) {
            refused(part, answer.refusal());
        } else {
            settle(part, answer.messages());
        }
    }

    private EwsAnswer answer(List<Integer> part, EwsRequest request) throws TransportException, EwsLostException {
        part.forEach(delivery::doubt);
        try {
            EwsAnswer answer = session.ask(request);
            part.forEach(delivery::reopen);
            return answer;
        } catch (TransportException e) {
            part.forEach(delivery::reopen);
            throw e;
        } catch (EwsLostException e) {
            if (!e.sent()) {
                part.forEach(delivery::reopen);
            }
            throw e;
        }
    }

    private void settle(List<Integer> part, List<EwsMessage> messages) throws EwsLostException {
        for (int i = 0; i < part.size() && i < messages.size(); i++) {
            settle(part.get(i), messages.get(i));
        }
        if (messages.size() < part.size()) {
            part.subList(messages.size(), part.size()).forEach(delivery::doubt);
            throw new EwsLostException(
                    TransportError.passing(Fault.UNAVAILABLE, "the server has answered for some of the e-mails only"),
                    true);
        }
        if (end == null && !folderGone && part.stream().allMatch(delivery.open()::contains)) {
            end = TransportError.passing(Fault.UNAVAILABLE, "the server has stopped and not said why");
        }
    }

    private void settle(int index, EwsMessage message) {
        if (message.success()) {
            delivery.delivered(index, 0);
        } else if (EwsFaults.folderGone(message)) {
            folderGone = true;
        } else if (!message.code().equals("ErrorBatchProcessingStopped")) {
            TransportError error = session.error(message);
            if (EwsFaults.mayBeDone(error)) {
                delivery.unclear(index, error);
            } else if (error.fault().scope() == Fault.Scope.EMAIL) {
                delivery.refused(index, error);
            }
            if (error.fault().scope() != Fault.Scope.EMAIL && end == null) {
                end = error;
            }
        }
    }

    /** The request as a whole, because of one of its e-mails perhaps: then they are sent one by one, so that only that one is left out. */
    private void refused(List<Integer> part, EwsMessage refusal) throws TransportException, EwsLostException {
        if (EwsFaults.folderGone(refusal)) {
            folderGone = true;
            return;
        }
        TransportError error = tooLarge(refusal) ? sizeOrAddress(part, refusal) : session.error(refusal);
        if (EwsFaults.mayBeDone(error)) {
            part.forEach(delivery::doubt);
            if (error.asked() && refusal.code().equals(UNAVAILABLE)) {
                part.forEach(delivery::recall);
            }
            throw error.thrown();
        }
        if (error.fault().scope() != Fault.Scope.EMAIL) {
            throw error.thrown();
        }
        if (part.size() > 1) {
            alone.addAll(part);
        } else {
            delivery.refused(part.get(0), error);
        }
    }

    /** IIS says of a request above {@code maxAllowedContentLength} what it says of a wrong address: HTTP 404, with a sub-status for its log. */
    private static boolean tooLarge(EwsMessage refusal) {
        return refusal.code().equals("HTTP 404");
    }

    private TransportError sizeOrAddress(List<Integer> part, EwsMessage refusal)
            throws TransportException, EwsLostException {
        if (part.size() == 1) {
            session.require(EwsRequest.getRoot());
            if (delivery.email(part.get(0)).content().length < NEVER_TOO_LARGE) {
                // One of several servers lacks the service, as while it is being updated.
                return TransportError.passing(Fault.UNAVAILABLE, refusal.toString());
            }
        }
        return TransportError.lasting(Fault.EMAIL_TOO_LARGE, refusal.toString());
    }
}
