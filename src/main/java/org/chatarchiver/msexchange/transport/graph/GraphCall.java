package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.msexchange.transport.AccessTokens;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.msexchange.transport.TransportException;

/** The requests of one call for one mailbox, one after the other, all of them within the call's time. For one thread. */
final class GraphCall {
    /** Endless chains of pages would hold a thread for ever. */
    private static final int MOST_PAGES = 100;

    private final GraphHttp http;
    private final AccessTokens tokens;
    private final URI baseUrl;
    private final long end;
    private final Fence fence;
    private String token;
    private boolean renewed;

    /**
     * @param tokens gives another one for a token that is refused
     * @param end by {@link System#nanoTime()}
     * @param fence of what it changes
     */
    GraphCall(GraphHttp http, AccessTokens tokens, String token, URI baseUrl, long end, Fence fence) {
        this.http = http;
        this.tokens = tokens;
        this.token = token;
        this.baseUrl = baseUrl;
        this.end = end;
        this.fence = fence;
    }

    boolean overdue() {
        return System.nanoTime() - end >= 0;
    }

    /**
     * With another token, once, where the first is refused.
     *
     * @throws TransportException where the request has not been sent
     * @throws IOException where it may have been carried out
     */
    GraphAnswer send(GraphRequest request) throws IOException, TransportException {
        GraphAnswer answer = sendOnce(request);
        return answer.tokenRefused() && renewToken() ? sendOnce(request) : answer;
    }

    private GraphAnswer sendOnce(GraphRequest request) throws IOException, TransportException {
        return http.send(request, token, null, end, fence);
    }

    /** Asks for a token in place of the refused one; false where there is no other, or this call has had its other. */
    boolean renewToken() throws TransportException {
        String other = renewed ? token : tokens.instead(token);
        renewed = true;
        boolean changed = !other.equals(token);
        token = other;
        return changed;
    }

    /** To the URL of an upload session: without a token, which would be refused there. */
    GraphAnswer sendToSession(GraphRequest request, String range) throws IOException, TransportException {
        return http.send(request, null, range, end, fence);
    }

    /** The answer of a request that cannot be in doubt: one that only asks. */
    JsonNode ask(GraphRequest question) throws IOException, TransportException {
        GraphAnswer answer = send(question);
        if (!answer.ok()) {
            throw GraphFaults.of(answer).thrown();
        }
        if (!answer.body().isObject()) {
            throw new IOException("an answer that is not JSON");
        }
        return answer.body();
    }

    /** The values of all pages. */
    List<JsonNode> askAll(GraphRequest question) throws IOException, TransportException {
        List<JsonNode> values = new ArrayList<>();
        GraphRequest next = question;
        for (int pages = 0; next != null; pages++) {
            if (pages == MOST_PAGES) {
                throw new IOException("more than " + MOST_PAGES + " pages");
            }
            JsonNode page = ask(next);
            if (!page.path("value").isArray()) {
                throw new IOException("an answer without values");
            }
            page.path("value").forEach(values::add);
            String link = next(page);
            next = link == null ? null : get(link);
        }
        return values;
    }

    /** The link to the page behind one; null behind the last. */
    static String next(JsonNode page) {
        String link = page.path("@odata.nextLink").asText("");
        return link.isEmpty() ? null : link;
    }

    /** @throws IOException if it leads elsewhere */
    GraphRequest get(String link) throws IOException {
        return new GraphRequest("GET", own(link), new byte[0]);
    }

    /** The token goes to nobody but Graph. */
    private URI own(String link) throws IOException {
        try {
            URI uri = new URI(link);
            if (baseUrl.getScheme().equals(uri.getScheme())
                    && baseUrl.getAuthority().equals(uri.getAuthority())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IOException("a link to the next page that is no URL", e);
        }
        throw new IOException("a link to the next page on another host");
    }
}
