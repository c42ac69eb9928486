package org.chatarchiver.msexchange.transport.ews;

import java.util.List;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/** Tells what was received in a folder, some hundred items at a time. The next part begins behind so many items. */
final class EwsListing {
    private EwsListing() {}

    static Listed.Part list(EwsSession session, EwsFolders folders, Listing listing)
            throws TransportException, EwsLostException {
        int offset = listing.behind() == null ? 0 : Integer.parseInt(listing.behind());
        if (offset == 0) {
            // One of the same name may have taken the place of the one that is known.
            folders.forget(session, listing.folder());
        }
        String folder = folders.find(session, listing.folder());
        if (folder == null) {
            return new Listed.Part(List.of(), null);
        }
        EwsMessage answer = session.ask(EwsRequest.receivedItems(folder, listing.from(), listing.until(), offset))
                .only();
        if (EwsFaults.folderGone(answer)) {
            folders.forget(session, listing.folder());
            throw TransportError.passing(Fault.UNAVAILABLE, "the folder was removed while it was read")
                    .thrown();
        }
        if (!answer.success()) {
            throw session.error(answer).thrown();
        }
        List<Listed.Header> headers = answer.items().stream()
                .map(item -> new Listed.Header(item.id(), item.messageId(), item.received(), null))
                .toList();
        boolean last = answer.last() || headers.isEmpty();
        return new Listed.Part(headers, last ? null : String.valueOf(offset + headers.size()));
    }
}
