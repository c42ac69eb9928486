package org.chatarchiver.msexchange.transport.graph;

import java.io.IOException;
import java.util.List;
import org.chatarchiver.msexchange.transport.Delivery;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * Files e-mails that do not fit into one request, so that none is lost or doubled whatever is cut off in between:
 *
 * <ol>
 *   <li>The folder is searched for the Message-ID. A finished item of it: the e-mail is there. An unfinished one is continued.
 *   <li>Else the item is created, marked as unfinished ({@link GraphMarker}), with the first attachments as far as they fit.
 *   <li>The other attachments are added one after the other, in order: by one request where one holds them, else by an upload session,
 *       which adds an attachment whole or not at all. So the number of attachments that an unfinished item has tells where to go on.
 *   <li>The marker is changed to finished. From here on a search finds the e-mail.
 * </ol>
 *
 * <p>The state is in the mailbox alone: another process goes on where one was killed. Where an answer is lost the e-mail is open or in
 * doubt, and whoever sends it again begins with the first step, half a minute later: by then a server has done what it was still doing.
 * An unfinished item of ours that can never be finished, since an attachment is refused for good, is removed; nothing else ever is.
 */
final class GraphLargeItems {
    /** An e-mail of less has never needed more than one request, whatever the settings were, so no item of it can be unfinished. */
    static final int LEAST = 1024 * 1024;

    private final GraphCall call;
    private final GraphRequests requests;
    private final GraphSearch search;
    private final String mailbox;
    private final String folderId;

    GraphLargeItems(GraphCall call, GraphRequests requests, GraphSearch search, String mailbox, String folderId) {
        this.call = call;
        this.requests = requests;
        this.search = search;
        this.mailbox = mailbox;
        this.folderId = folderId;
    }

    /** @throws GraphRefusedException where the folder cannot be searched or the item not be created; it is in doubt where the answer says so */
    void file(int index, GraphItem item, Delivery delivery)
            throws IOException, TransportException, GraphRefusedException {
        String id =
                search.unfinished(call, mailbox, folderId, delivery.email(index).messageId());
        if (id == null) {
            GraphCreation creation = GraphCreation.of(item, requests, mailbox, folderId);
            delivery.doubt(index);
            GraphAnswer answer = call.send(creation.request());
            if (!answer.inDoubt()) {
                delivery.reopen(index);
            }
            if (!answer.ok()) {
                throw new GraphRefusedException(answer);
            }
            id = creation.left().isEmpty() ? "" : answer.body().path("id").asText();
            if (id.isEmpty() && !creation.left().isEmpty()) {
                throw new IOException("the item that was created has no id");
            }
        }
        if (!id.isEmpty()) {
            complete(index, id, item, delivery);
        }
        delivery.delivered(index, 0);
    }

    private void complete(int index, String id, GraphItem item, Delivery delivery)
            throws IOException, TransportException {
        List<GraphAttachment> all = item.attachments();
        try {
            for (int i = count(id); i < all.size(); i++) {
                add(id, i, all.get(i));
            }
            finish(index, id, delivery);
        } catch (TransportException e) {
            TransportError error = e.error();
            if (!error.passing() && error.fault().scope() == Fault.Scope.EMAIL) {
                remove(id);
            }
            throw e;
        }
    }

    private void finish(int index, String id, Delivery delivery) throws IOException, TransportException {
        delivery.doubt(index);
        GraphAnswer answer = call.send(requests.setProperty(mailbox, id, GraphMarker.finished()));
        if (!answer.inDoubt()) {
            delivery.reopen(index);
        }
        require(answer);
    }

    private int count(String id) throws IOException, TransportException {
        return call.askAll(requests.attachments(mailbox, id)).size();
    }

    private void add(String id, int index, GraphAttachment attachment) throws IOException, TransportException {
        if (call.overdue()) {
            throw TransportError.passing(
                            Fault.BUSY, "the attachments were too much for the time there was; the rest follows")
                    .thrown();
        }
        new GraphAttaching(call, requests, mailbox, id).add(attachment, () -> count(id) > index);
    }

    private static GraphAnswer require(GraphAnswer answer) throws TransportException {
        if (!answer.ok()) {
            throw GraphFaults.of(answer).thrown();
        }
        return answer;
    }

    private void remove(String id) throws IOException, TransportException {
        GraphAnswer answer = call.send(requests.remove(mailbox, id));
        if (!answer.ok() && !GraphFaults.gone(answer)) {
            throw GraphFaults.of(answer).thrown();
        }
    }
}
