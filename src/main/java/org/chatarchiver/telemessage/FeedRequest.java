package org.chatarchiver.telemessage;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.chatarchiver.message.Printable;

/**
 * One GET to the feed (shared contract {@code telemessage-feed.openapi.yaml}). Made anew for each request, so that a rotated password
 * counts at once.
 *
 * @param uri every value percent-encoded
 * @param headers to be sent as they are; {@code Authorization} among them, which {@link #toString()} leaves out
 */
public record FeedRequest(URI uri, Map<String, String> headers) {

    public FeedRequest {
        headers = Map.copyOf(headers);
    }

    /** Who the log-in is, and which networks are open to it. */
    public static FeedRequest account(FeedAddress feed, Login login) {
        return get(URI.create(feed.base() + "/archive/v1/account"), login, "application/json");
    }

    /**
     * A page of messages.
     *
     * @param limit at most that many messages
     * @param cursor as given by the page before; null for the first page
     */
    public static FeedRequest messages(
            FeedAddress feed, Login login, String network, Window window, int limit, String cursor) {
        String uri = feed.base() + "/archive/v1/messages?network=" + encode(network)
                + "&from=" + encode(window.from().toString())
                + "&to=" + encode(window.to().toString())
                + "&limit=" + limit
                + (cursor == null ? "" : "&cursor=" + encode(cursor));
        return get(URI.create(uri), login, "application/json");
    }

    /**
     * The bytes of an attachment.
     *
     * @throws IllegalArgumentException where the href leaves the feed's own scheme, host and port
     */
    public static FeedRequest attachment(FeedAddress feed, Login login, String href) {
        URI uri = feed.resolve(href)
                .orElseThrow(() -> new IllegalArgumentException("Attachment " + Printable.quoted(href)
                        + " is not on the feed's own host " + feed.base() + ": it is not fetched"));
        return get(uri, login, "*/*");
    }

    /** The URI without its query, which may hold a cursor: for errors and logs. */
    public String place() {
        return place(uri);
    }

    static String place(URI uri) {
        String text = uri.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }

    @Override
    public String toString() {
        return "GET " + uri;
    }

    private static FeedRequest get(URI uri, Login login, String accept) {
        return new FeedRequest(
                uri,
                Map.of(
                        "Authorization",
                        login.basic(),
                        "Accept",
                        accept,
                        "Accept-Encoding",
                        "gzip",
                        "User-Agent",
                        "ChatArchiver/1"));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** A user name and password. */
    public record Login(String userName, String password) {

        /** Value of the {@code Authorization} header (RFC 7617, UTF-8). */
        String basic() {
            byte[] pair = (userName + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return userName;
        }
    }
}
