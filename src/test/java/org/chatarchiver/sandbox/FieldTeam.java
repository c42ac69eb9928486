package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Kind;

/**
 * Employees with company telephones, whose feed is slow: a run of their day takes some minutes, to be watched. The feed breaks off an hour
 * of the day before yesterday, once, and has a film that is too large to be fetched.
 */
final class FieldTeam {
    static final String CONNECTOR = "android";
    /** What of the film is fetched at most: {@code archiver.telemessage.max-download}. */
    static final String MAX_DOWNLOAD = "32MB";

    static final String FILM = "film-of-40-mb";

    private static final String NETWORK = "ANDROID";
    private static final String USER = "field";
    private static final String FOLDER = "Android Archiver";

    private static final int PAGE = 12;
    /** Older than the rest, so that it comes first. */
    private static final Duration FILM_AGE = Duration.ofHours(23);

    private static final Duration HOUR = Duration.ofHours(1);

    private final SampleTraffic traffic = new SampleTraffic(40, List.of(NETWORK));
    private final Company company = new Company();
    private final FeedAccount account;

    /** @param pause before each page of the feed */
    FieldTeam(String password, Duration pause) {
        this.account = new FeedAccount(USER, password, Set.of(NETWORK))
                .withItsOwnTraffic()
                .slowly(PAGE, pause);
    }

    Connector connector(String schedule) {
        return new Connector(CONNECTOR, FOLDER, NETWORK, FOLDER, schedule, USER, "", true);
    }

    FeedAccount account() {
        return account;
    }

    String mapping() {
        return traffic.mapping(NETWORK);
    }

    /** Makes the feed have the past day and the broken hour; it is quick until {@link #slowDown}. */
    void send(FeedSimulator feed, int count, Instant now) {
        feed.account(account.slowly(PAGE, Duration.ZERO));
        traffic.past(count, now).forEach(sample -> sample.sendTo(feed, account));
        film(now.minus(FILM_AGE)).sendTo(feed, account);
        feed.attachment(FILM, new GeneratedContent(40L * 1024 * 1024, 1)::writeTo);
        for (int n = 1; n <= 3 * PAGE; n++) {
            String id = "HOUR-" + n;
            text(id, brokenFrom(now).plusSeconds(n * 60L)).sendTo(feed, account);
        }
        feed.fault(1, new Fault.RepeatedCursor());
    }

    void slowDown(FeedSimulator feed) {
        feed.account(account);
    }

    /** New messages, now and then. */
    void next(FeedSimulator feed, Instant now) {
        traffic.next(now).stream().limit(1).forEach(sample -> sample.sendTo(feed, account));
    }

    /** The first back-fill of the hour from then on fails behind its first page; another one does not. */
    static Instant brokenFrom(Instant now) {
        return now.minus(Duration.ofHours(44)).truncatedTo(ChronoUnit.HOURS);
    }

    static Instant brokenTo(Instant now) {
        return brokenFrom(now).plus(HOUR);
    }

    private Talk talk() {
        return Talk.between(
                NETWORK,
                company.standing(Person.Standing.MAPPED),
                company.contacts().get(0),
                true);
    }

    private ObjectNode json(String id, String context, Instant received, String text) {
        ObjectNode json =
                MessageJson.message(id, context, received.truncatedTo(ChronoUnit.SECONDS), talk(), new Random(0));
        return MessageJson.text(json, text);
    }

    private Sample text(String id, Instant received) {
        ObjectNode json = json(id, "pager-message", received, "On my way, " + id);
        return KindWriter.sample(json, id, Kind.CHAT, received, talk());
    }

    private Sample film(Instant received) {
        ObjectNode json = json(FILM, "multimedia-message", received, "The whole site visit, as promised.");
        MessageJson.attachment(json, "site-visit.mp4", "video/mp4", 40L * 1024 * 1024)
                .put("href", FeedSimulator.ATTACHMENTS + FILM);
        return new Sample(
                NETWORK,
                received,
                MessageWriter.of(MessageJson.bytes(json)),
                Map.of(),
                false,
                KindWriter.expectation(FILM, Kind.ATTACHMENT, talk()).because(Reason.DOWNLOAD_TOO_LARGE));
    }
}
