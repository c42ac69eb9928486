package org.chatarchiver.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Who may ask the feed.
 *
 * @param networks such as {@code WECHAT}; an account without any is answered 403
 * @param apart whether it has messages of its own, added under {@link #lane}; else it sees those added for its networks
 * @param pageSize messages of a page at most, whatever is asked for
 * @param pause before each page
 */
public record FeedAccount(
        String user, String password, Set<String> networks, boolean apart, int pageSize, Duration pause) {
    /** All that TeleMessage archives. */
    public static final List<String> NETWORKS = List.of(
            "WECHAT",
            "WHATSAPP",
            "ANDROID",
            "ATT",
            "BELL",
            "ENTERPRISE_NUMBER",
            "O2",
            "ROGERS",
            "SIGNAL",
            "TELEGRAM",
            "TELUS",
            "VERIZON");

    public FeedAccount {
        networks = Set.copyOf(networks);
    }

    public FeedAccount(String user, String password, Set<String> networks) {
        this(user, password, networks, false, Integer.MAX_VALUE, Duration.ZERO);
    }

    /** The same with messages of its own. */
    public FeedAccount withItsOwnTraffic() {
        return new FeedAccount(user, password, networks, true, pageSize, pause);
    }

    /** The same, served slowly. */
    public FeedAccount slowly(int messagesOfAPage, Duration pauseBefore) {
        return new FeedAccount(user, password, networks, apart, messagesOfAPage, pauseBefore);
    }

    /** What to add messages under that this account gets for the network: {@link FeedSimulator#add}. */
    public String lane(String network) {
        return apart ? user + "/" + network : network;
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
