package org.chatarchiver.msexchange.transport.graph;

import java.util.List;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/**
 * The request that creates an item, with as many of its attachments as it holds.
 *
 * @param left the attachments that must be added afterwards, in order
 */
record GraphCreation(GraphRequest request, List<GraphAttachment> left) {
    /** @throws TransportException if the item is too large even without attachments, or cannot be understood */
    static GraphCreation of(GraphItem item, GraphRequests requests, String mailbox, String folderId)
            throws TransportException {
        List<GraphAttachment> all = item.attachments();
        int included = 0;
        long bytes = 0;
        while (included < all.size() && bytes + all.get(included).encodedSize() <= GraphBatch.MOST_BYTES) {
            bytes += all.get(included).encodedSize();
            included++;
        }
        for (; ; included--) {
            GraphRequest request = requests.createMessage(mailbox, folderId, item.message(included));
            if (request.body().length <= GraphBatch.MOST_BYTES) {
                return new GraphCreation(request, all.subList(included, all.size()));
            }
            if (included == 0) {
                throw TransportError.lasting(
                                Fault.EMAIL_TOO_LARGE,
                                "text and header take " + request.body().length + " bytes as JSON; Graph takes "
                                        + GraphBatch.MOST_BYTES)
                        .thrown();
            }
        }
    }
}
