package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;
import org.chatarchiver.msexchange.transport.TransportException;

/** Tells what was received in a folder, a page of Graph's at a time. Unfinished items do not count as there. */
final class GraphListing {
    private final GraphRequests requests;
    private final GraphFolders folders;

    GraphListing(GraphRequests requests, GraphFolders folders) {
        this.requests = requests;
        this.folders = folders;
    }

    Listed.Part list(GraphCall call, Listing listing) throws IOException, TransportException {
        if (listing.behind() != null) {
            return part(call.ask(call.get(listing.behind())));
        }
        String folder = folders.find(call, listing.mailbox(), listing.folder());
        return folder == null
                ? new Listed.Part(List.of(), null)
                : part(call.ask(requests.received(listing.mailbox(), folder, listing.from(), listing.until())));
    }

    private static Listed.Part part(JsonNode page) throws IOException {
        if (!page.path("value").isArray()) {
            throw new IOException("an answer without values");
        }
        List<Listed.Header> headers = new ArrayList<>();
        for (JsonNode message : page.path("value")) {
            if (!GraphMarker.isUnfinished(message)) {
                headers.add(new Listed.Header(
                        message.path("id").asText(),
                        message.path("internetMessageId").asText(""),
                        time(message.path("receivedDateTime").asText("")),
                        null));
            }
        }
        return new Listed.Part(headers, GraphCall.next(page));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
