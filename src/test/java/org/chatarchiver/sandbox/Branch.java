package org.chatarchiver.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** An account of the feed that no connector uses yet, with traffic of the company's people and a mapping file for it. */
final class Branch {
    /** In all its message ids: the company's main account has WeChat too, in the same feed. */
    static final String IDS = "BRANCH-";

    private static final List<String> NETWORKS = List.of(SampleTraffic.WECHAT, "SIGNAL", "TELEGRAM");
    private static final int PAST = 300;

    private final SampleTraffic traffic = new SampleTraffic(7, NETWORKS, IDS);
    private final FeedAccount account;
    private final Path mapping;

    /** @param folder where the mapping file goes */
    Branch(String password, Path folder) throws IOException {
        this.account = new FeedAccount("branch", password, new TreeSet<>(NETWORKS)).withItsOwnTraffic();
        this.mapping = folder.resolve("branch.csv");
        // WeChat's has the people's numbers too, by which the other networks know them.
        Files.writeString(mapping, traffic.mapping(SampleTraffic.WECHAT));
    }

    /** Makes the feed have the past day. */
    void send(FeedSimulator feed, Instant now) {
        feed.account(account);
        traffic.past(PAST, now).forEach(sample -> sample.sendTo(feed, account));
    }

    void next(FeedSimulator feed, Instant now) {
        traffic.next(now).forEach(sample -> sample.sendTo(feed, account));
    }

    FeedAccount account() {
        return account;
    }

    List<String> networks() {
        return NETWORKS;
    }

    Path mapping() {
        return mapping;
    }
}
