package org.chatarchiver.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up company's traffic: every kind of message, seven languages, and two in a hundred that are odd. The same seed
 * and times always give the same messages. Not safe for several threads.
 */
public final class SampleTraffic {
    public static final String WECHAT = "WECHAT";
    public static final String WHATSAPP = "WHATSAPP";
    public static final List<String> NETWORKS = List.of(WECHAT, WHATSAPP);

    private static final Duration PAST = Duration.ofHours(20);

    private final Company company = new Company();
    private final List<String> networks;
    private final Random random;
    private final Conversations conversations;
    private final KindWriter kinds;
    private final OddWriter odd;

    /** Of WeChat and WhatsApp. */
    public SampleTraffic(long seed) {
        this(seed, NETWORKS);
    }

    /** @param networks such as {@code SIGNAL}, any of {@link FeedAccount#NETWORKS} */
    public SampleTraffic(long seed, List<String> networks) {
        this(seed, networks, "");
    }

    /** @param prefix of all message ids, so that another traffic of the same feed has none of them */
    SampleTraffic(long seed, List<String> networks, String prefix) {
        this.networks = List.copyOf(networks);
        this.random = new Random(seed);
        this.conversations = new Conversations(company, networks, random);
        this.kinds = new KindWriter(prefix, random);
        this.odd = new OddWriter(prefix, company, random);
    }

    /**
     * The traffic of the 20 hours before {@code now}, about {@code count} messages of all networks together, oldest first. It holds one of
     * each odd case at least, among them an attachment of 11 MB and a text of over 10 MB for each network, if count is 1,000 or more.
     */
    public List<Sample> past(int count, Instant now) {
        List<Sample> samples = new ArrayList<>();
        long step = PAST.toMillis() / Math.max(count, 1);
        Instant received = now.minus(PAST);
        for (int i = 0; i < count; i++) {
            received = received.plusMillis(step);
            samples.addAll(one(received));
        }
        if (count >= 1000) {
            for (String network : networks) {
                samples.addAll(odd.every(conversations.next(network), received));
            }
        }
        return samples;
    }

    /** Two to six new messages, received a moment before {@code now}: one minute's traffic of the sandbox, without very large ones. */
    public List<Sample> next(Instant now) {
        List<Sample> samples = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        for (int i = count; i > 0; i--) {
            samples.addAll(one(now.minusMillis(i * 50L)));
        }
        return samples;
    }

    private List<Sample> one(Instant received) {
        Talk talk = conversations.next(Phrases.pick(networks, random));
        return random.nextInt(50) == 0 ? odd.any(talk, received) : List.of(kinds.next(talk, received));
    }

    /** CSV for {@code archiver.mapping}, with the header {@code External User ID,Microsoft 365 User Mailbox}. */
    public String mapping(String network) {
        return company.mapping(network);
    }

    /** The mailboxes to create at the destination, the same for all networks. */
    public List<String> mailboxes() {
        return company.mailboxes();
    }
}
