package org.chatarchiver.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * Who may ask the feed.
 *
 * @param networks such as {@code WECHAT}; an account without any is answered 403
 */
public record FeedAccount(String user, String password, Set<String> networks) {

    public FeedAccount {
        networks = Set.copyOf(networks);
    }

    /** The value of the {@code Authorization} header (RFC 7617, UTF-8). */
    public String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "FeedAccount[" + user + " " + networks + "]";
    }
}
