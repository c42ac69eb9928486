package org.chatarchiver.msexchange.transport.graph;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.chatarchiver.msexchange.transport.Delivery;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Sends the e-mails of a delivery in their order: small ones many in a request ({@link GraphBatch}), large ones by themselves
 * ({@link GraphLargeItems}).
 */
final class GraphAppender {
    /** One e-mail that its server chokes on must not hold up the others; two in a row are the server's trouble. */
    private static final int MOST_DOUBTS = 2;

    private final GraphCall call;
    private final GraphRequests requests;
    private final GraphSettings settings;
    private final GraphLargeItems large;
    private final String mailbox;
    private final String folderId;
    private final Delivery delivery;
    private final Deque<Posting> waiting = new ArrayDeque<>();
    private int mostInBatch = GraphBatch.MOST_REQUESTS;
    private boolean homeless;
    private TransportError doubt;
    private int doubts;

    private record Posting(int index, GraphRequest request) {}

    GraphAppender(
            GraphCall call,
            GraphRequests requests,
            GraphSettings settings,
            String mailbox,
            String folderId,
            Delivery delivery) {
        this.call = call;
        this.requests = requests;
        this.settings = settings;
        this.mailbox = mailbox;
        this.folderId = folderId;
        this.delivery = delivery;
        large = new GraphLargeItems(call, requests, new GraphSearch(requests, settings.baseUrl()), mailbox, folderId);
    }

    /**
     * Sends what is open. Afterwards only such e-mails are open for which the folder was missing.
     *
     * @throws TransportException what befell the mailbox or the destination: what may have arrived is in doubt, the rest is open
     * @throws IOException where an answer was lost: likewise
     */
    void send() throws IOException, TransportException {
        long bytes = 0;
        for (int index : delivery.open()) {
            if (homeless) {
                break;
            }
            try {
                GraphItem item = GraphItem.of(delivery.email(index), settings.attachOriginal());
                GraphCreation creation = delivery.email(index).content().length < GraphLargeItems.LEAST
                        ? GraphCreation.of(item, requests, mailbox, folderId)
                        : null;
                if (creation == null || !creation.left().isEmpty()) {
                    flush();
                    bytes = 0;
                    sendLarge(index, item);
                    continue;
                }
                int size = creation.request().body().length;
                if (waiting.size() == GraphBatch.MOST_REQUESTS || bytes + size > GraphBatch.MOST_BYTES) {
                    flush();
                    bytes = 0;
                }
                waiting.add(new Posting(index, creation.request()));
                bytes += size;
            } catch (TransportException e) {
                refuse(index, e);
            }
        }
        flush();
        if (doubt != null) {
            throw doubt.thrown();
        }
    }

    private void sendLarge(int index, GraphItem item) throws IOException, TransportException {
        if (homeless) {
            return;
        }
        refuseOverdue();
        try {
            large.file(index, item, delivery);
        } catch (IOException e) {
            // Until the server has done what it was still doing, nobody knows how much of the item there is.
            delivery.unclear(index, TransportError.passing(Fault.UNAVAILABLE, "no answer while it was filed in parts"));
            throw e;
        } catch (GraphRefusedException e) {
            TransportError end = settle(index, e.answer());
            if (end != null) {
                throw end.thrown();
            }
        }
    }

    /** An e-mail's own error is its outcome; any other ends the call. */
    private void refuse(int index, TransportException e) throws TransportException {
        if (e.error().fault().scope() != Fault.Scope.EMAIL || delivery.inDoubt().contains(index)) {
            throw e;
        }
        delivery.refused(index, e.error());
    }

    private void flush() throws IOException, TransportException {
        while (!waiting.isEmpty() && !homeless) {
            refuseOverdue();
            sendBatch();
        }
        waiting.clear();
    }

    private void refuseOverdue() throws TransportException {
        if (call.overdue()) {
            throw (delivery.begun()
                            ? TransportError.soon(
                                    Fault.BUSY, "the batch was too much for the time it had; the rest is sent later")
                            : TransportError.passing(Fault.UNAVAILABLE, "no e-mail of the batch was taken in time"))
                    .thrown();
        }
    }

    private void sendBatch() throws IOException, TransportException {
        GraphBatch batch = new GraphBatch(settings.baseUrl());
        List<Posting> sent = new ArrayList<>();
        for (Posting posting : waiting) {
            if (sent.size() == mostInBatch || !batch.fits(posting.request())) {
                break;
            }
            batch.add(posting.request());
            sent.add(posting);
        }
        sent.forEach(posting -> delivery.doubt(posting.index()));
        GraphAnswer whole = send(batch.request(), sent);
        if (sent.size() > 1 && !whole.ok()) {
            refused(whole, sent);
            return;
        }
        List<GraphAnswer> answers = batch.answers(whole);
        TransportError end = null;
        for (int i = 0; i < sent.size(); i++) {
            TransportError error = settle(sent.get(i).index(), answers.get(i));
            end = end == null ? error : end;
        }
        if (end != null) {
            throw end.thrown();
        }
        List<Integer> open = delivery.open();
        waiting.removeIf(posting -> !open.contains(posting.index()));
    }

    private GraphAnswer send(GraphRequest request, List<Posting> sent) throws IOException, TransportException {
        try {
            return call.send(request);
        } catch (TransportException notSent) {
            sent.forEach(posting -> delivery.reopen(posting.index()));
            throw notSent;
        }
    }

    /** The batch as such. */
    private void refused(GraphAnswer whole, List<Posting> sent) throws TransportException {
        TransportError error = GraphFaults.of(whole);
        if (!whole.inDoubt()) {
            sent.forEach(posting -> delivery.reopen(posting.index()));
        } else if (whole.comeBack()) {
            sent.forEach(posting -> delivery.recall(posting.index()));
        }
        if (error.fault().scope() == Fault.Scope.EMAIL) {
            // One of them is what cannot be borne: it shows when each goes by itself.
            mostInBatch = 1;
            return;
        }
        throw error.thrown();
    }

    /** Null unless the call must end: with what is behind it, too, settled before. */
    private TransportError settle(int index, GraphAnswer answer) throws TransportException {
        if (answer.ok()) {
            delivery.delivered(index, 0);
            doubts = 0;
            return null;
        }
        TransportError error = GraphFaults.of(answer);
        if (answer.inDoubt()) {
            if (answer.comeBack()) {
                delivery.recall(index);
            }
            if (error.asked()) {
                return doubt == null ? error : doubt;
            }
            doubt = error;
            return ++doubts == MOST_DOUBTS || answer.status() == 0 ? error : null;
        }
        delivery.reopen(index);
        if (answer.status() == GraphAnswer.NOT_RUN || answer.tokenRefused() && call.renewToken()) {
            return null;
        }
        if (GraphFaults.gone(answer)) {
            homeless = true;
            return null;
        }
        if (error.fault().scope() == Fault.Scope.EMAIL) {
            delivery.refused(index, error);
            return null;
        }
        return error;
    }
}
