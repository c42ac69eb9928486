package org.chatarchiver.msexchange.transport.ews;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chatarchiver.msexchange.transport.Delivery;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Trouble;
import org.chatarchiver.msexchange.transport.TroubleException;

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
    private Trouble end;
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
     * @throws TroubleException what befell the mailbox or the destination: the end of all that have none yet
     * @throws EwsLostException where the connection was lost: what may have arrived is in doubt, the rest is open
     */
    void file() throws TroubleException, EwsLostException {
        fileInto(folders.ensure(session, folder));
        if (folderGone) {
            folderGone = false;
            folders.forget(session, folder);
            fileInto(folders.ensure(session, folder));
        }
        if (folderGone) {
            throw Trouble.passing(Fault.FOLDER_REFUSED, "the folder was made, yet the server misses it")
                    .thrown();
        }
    }

    private void fileInto(String folderId) throws TroubleException, EwsLostException {
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
    private Trouble overdue() {
        return delivery.begun()
                ? Trouble.soon(Fault.BUSY, "the batch was too much for the time it had; the rest is sent later")
                : Trouble.passing(session.down(), "no e-mail of the batch was taken in time");
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

    private void send(String folderId, List<Integer> part) throws TroubleException, EwsLostException {
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

    private EwsAnswer answer(List<Integer> part, EwsRequest request) throws TroubleException, EwsLostException {
        part.forEach(delivery::doubt);
        try {
            EwsAnswer answer = session.ask(request);
            part.forEach(delivery::reopen);
            return answer;
        } catch (TroubleException e) {
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
                    Trouble.passing(Fault.UNAVAILABLE, "the server has answered for some of the e-mails only"), true);
        }
        if (end == null && !folderGone && part.stream().allMatch(delivery.open()::contains)) {
            end = Trouble.passing(Fault.UNAVAILABLE, "the server has stopped and not said why");
        }
    }

    private void settle(int index, EwsMessage message) {
        if (message.success()) {
            delivery.delivered(index, 0);
        } else if (EwsFaults.folderGone(message)) {
            folderGone = true;
        } else if (!message.code().equals("ErrorBatchProcessingStopped")) {
            Trouble trouble = session.trouble(message);
            if (EwsFaults.mayBeDone(trouble)) {
                delivery.unclear(index, trouble);
            } else if (trouble.fault().scope() == Fault.Scope.EMAIL) {
                delivery.refused(index, trouble);
            }
            if (trouble.fault().scope() != Fault.Scope.EMAIL && end == null) {
                end = trouble;
            }
        }
    }

    /** The request as a whole, because of one of its e-mails perhaps: then they are sent one by one, so that only that one is left out. */
    private void refused(List<Integer> part, EwsMessage refusal) throws TroubleException, EwsLostException {
        if (EwsFaults.folderGone(refusal)) {
            folderGone = true;
            return;
        }
        Trouble trouble = tooLarge(refusal) ? sizeOrAddress(part, refusal) : session.trouble(refusal);
        if (EwsFaults.mayBeDone(trouble)) {
            part.forEach(delivery::doubt);
            if (trouble.asked() && refusal.code().equals(UNAVAILABLE)) {
                part.forEach(delivery::recall);
            }
            throw trouble.thrown();
        }
        if (trouble.fault().scope() != Fault.Scope.EMAIL) {
            throw trouble.thrown();
        }
        if (part.size() > 1) {
            alone.addAll(part);
        } else {
            delivery.refused(part.get(0), trouble);
        }
    }

    /** IIS says of a request above {@code maxAllowedContentLength} what it says of a wrong address: HTTP 404, with a sub-status for its log. */
    private static boolean tooLarge(EwsMessage refusal) {
        return refusal.code().equals("HTTP 404");
    }

    private Trouble sizeOrAddress(List<Integer> part, EwsMessage refusal) throws TroubleException, EwsLostException {
        if (part.size() == 1) {
            session.require(EwsRequest.getRoot());
            if (delivery.email(part.get(0)).content().length < NEVER_TOO_LARGE) {
                // One of several servers lacks the service, as while it is being updated.
                return Trouble.passing(Fault.UNAVAILABLE, refusal.toString());
            }
        }
        return Trouble.lasting(Fault.EMAIL_TOO_LARGE, refusal.toString());
    }
}
