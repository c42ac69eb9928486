package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;

/** Looks for e-mails by Message-ID, many in one request. Unfinished items do not count as there. */
final class GraphSearch {
    private final GraphRequests requests;
    private final URI baseUrl;

    GraphSearch(GraphRequests requests, URI baseUrl) {
        this.requests = requests;
        this.baseUrl = baseUrl;
    }

    /** Those that are there, with 0 in place of a UID. */
    Found.Answered find(GraphCall call, String mailbox, String folderId, List<String> messageIds)
            throws IOException, TransportException {
        Map<String, Long> found = new HashMap<>();
        Set<String> doubled = new HashSet<>();
        for (int from = 0; from < messageIds.size(); from += GraphBatch.MOST_REQUESTS) {
            List<String> part = messageIds.subList(from, Math.min(from + GraphBatch.MOST_REQUESTS, messageIds.size()));
            if (call.overdue()) {
                throw TransportError.soon(Fault.BUSY, "the search was too much for the time it had")
                        .thrown();
            }
            List<GraphAnswer> answers = ask(call, mailbox, folderId, part);
            for (int i = 0; i < part.size(); i++) {
                long copies = messages(answers.get(i)).stream()
                        .filter(message -> !GraphMarker.isUnfinished(message))
                        .count();
                if (copies > 0) {
                    found.put(part.get(i), 0L);
                }
                if (copies > 1) {
                    doubled.add(part.get(i));
                }
            }
        }
        return new Found.Answered(found, doubled);
    }

    private List<GraphAnswer> ask(GraphCall call, String mailbox, String folderId, List<String> messageIds)
            throws IOException, TransportException {
        GraphBatch batch = new GraphBatch(baseUrl);
        messageIds.forEach(id -> batch.add(requests.messages(mailbox, folderId, id)));
        GraphAnswer whole = call.send(batch.request());
        if (!whole.ok()) {
            throw GraphFaults.of(whole).thrown();
        }
        List<GraphAnswer> answers = batch.answers(whole);
        for (GraphAnswer answer : answers) {
            if (answer.tokenRefused() && call.renewToken()) {
                return ask(call, mailbox, folderId, messageIds);
            }
            if (!answer.ok() && answer.status() != GraphAnswer.NOT_RUN) {
                throw GraphFaults.of(answer).thrown();
            }
        }
        return answers;
    }

    /** The item that lacks attachments, by its id; empty where it is finished; null where there is none. */
    String unfinished(GraphCall call, String mailbox, String folderId, String messageId)
            throws IOException, TransportException, GraphRefusedException {
        GraphAnswer answer = call.send(requests.messages(mailbox, folderId, messageId));
        if (!answer.ok()) {
            throw new GraphRefusedException(answer);
        }
        String unfinished = null;
        for (JsonNode message : messages(answer)) {
            if (!GraphMarker.isUnfinished(message)) {
                return "";
            }
            unfinished = message.path("id").asText();
        }
        return unfinished;
    }

    private static List<JsonNode> messages(GraphAnswer answer) throws IOException {
        if (!answer.body().path("value").isArray()) {
            throw new IOException("the answer to a search has no values");
        }
        List<JsonNode> messages = new ArrayList<>();
        answer.body().path("value").forEach(messages::add);
        return messages;
    }
}
