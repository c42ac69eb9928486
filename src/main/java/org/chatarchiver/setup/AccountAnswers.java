package org.chatarchiver.setup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.message.Printable;
import org.chatarchiver.setup.AccountCheck.Answer;
import org.chatarchiver.telemessage.FeedAddress;
import org.chatarchiver.telemessage.FeedAnswer;

/** What an answer to the request for an account means, in sentences for whoever sets a connector up. */
final class AccountAnswers {
    static final int MOST_NETWORKS = 1_000;

    private static final int DEEPEST = 64;
    private static final String BETWEEN = "check archiver.telemessage.base-url and what stands between.";
    private static final ObjectReader JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String place;

    AccountAnswers(FeedAddress feed) {
        this.place = place(feed);
    }

    /** Printable, as sentences begin with it; a feed's address holds neither user nor password. */
    static String place(FeedAddress feed) {
        return Printable.of(feed.base() + "/archive/v1/account");
    }

    /** Of a body that came with 200. */
    Answer of(byte[] body, String contentType) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return unavailable("answered 200 without a body: " + BETWEEN);
        }
        if (text.startsWith("<")) {
            return unavailable("answered 200 with a page for browsers (Content-Type "
                    + Printable.quoted(String.valueOf(contentType))
                    + "), perhaps somebody's log-in page, where JSON is expected: " + BETWEEN);
        }
        try {
            return account(JSON.readValue(body));
        } catch (IOException e) {
            return unavailable("answered 200 with something that is no JSON (Content-Type "
                    + Printable.quoted(String.valueOf(contentType)) + "), or is cut off: " + BETWEEN);
        }
    }

    private Answer account(JsonNode json) {
        JsonNode account = json.path("account");
        JsonNode networks = json.path("networks");
        if (!account.isTextual() || !networks.isArray()) {
            return unavailable(
                    "answered 200 with JSON that is no account, which has a text 'account' and a list 'networks': "
                            + BETWEEN);
        }
        if (networks.size() > MOST_NETWORKS) {
            return unavailable("names " + networks.size() + " networks; more than " + MOST_NETWORKS
                    + " are not taken. Ask TeleMessage about it.");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode network : networks) {
            if (!network.isTextual()) {
                return unavailable("answered 200 with a list 'networks' that does not hold texts only: " + BETWEEN);
            }
            names.add(Printable.of(network.asText()));
        }
        return new Answer.Account(Printable.of(account.asText()), List.copyOf(names));
    }

    /** Of any other status. */
    Answer of(FeedAnswer answer, int status) {
        if (status == 401) {
            return new Answer.Refused("TeleMessage does not take this user name with this password: enter both again ("
                    + place + " answered 401).");
        }
        if (status == 403) {
            return new Answer.Refused(
                    place + " takes the log-in, but opens nothing to it (403): check the user name, or ask"
                            + " TeleMessage to open the archive feed for it.");
        }
        if (answer instanceof FeedAnswer.Paused paused) {
            return unavailable("asks to be left alone until " + paused.until() + " (" + status
                    + "): try again after that, and ask TeleMessage why.");
        }
        if (answer instanceof FeedAnswer.Retry retry) {
            return unavailable(
                    status == 429
                            ? "asks to be left alone for a while (429): try again " + in(retry.delay()) + "."
                            : "is in trouble of its own (" + status + "): try again " + in(retry.delay())
                                    + "; where that goes on, ask TeleMessage.");
        }
        if (answer instanceof FeedAnswer.Refused refused && refused.location() != null) {
            return unavailable("sends on to " + Printable.quoted(FeedAnswer.bare(refused.location())) + " (" + status
                    + "), which is not followed: if that is right, set archiver.telemessage.base-url accordingly.");
        }
        if (status >= 300 && status < 400) {
            return unavailable("sends on without saying where (" + status + "): ask TeleMessage about it.");
        }
        return unavailable("does not know this request (" + status + "): check archiver.telemessage.base-url.");
    }

    private static String in(Duration delay) {
        return delay == null || delay.isZero() ? "in a minute" : "in " + delay.toSeconds() + " s";
    }

    private Answer unavailable(String what) {
        return new Answer.Unavailable(place + " " + what);
    }
}
