package org.chatarchiver.setup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.chatarchiver.collect.FeedLogins;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.telemessage.FeedAnswer;
import org.chatarchiver.telemessage.FeedBody;
import org.chatarchiver.telemessage.FeedRequest;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.stereotype.Component;

/** The request for an account, and what its answer says. */
@Component("accountFetch")
public class AccountFetch {
    static final int MOST_BYTES = 64 * 1024;

    private final TelemessageProperties feed;
    private final Clock clock;
    private final Duration time;

    AccountFetch(TelemessageProperties feed, Clock clock, AccountDeadline deadline) {
        this.feed = feed;
        this.clock = clock;
        this.time = deadline.time();
    }

    /** Puts the request into the headers. */
    public void request(@Body FeedRequest.Login login, @Headers Map<String, Object> headers) {
        FeedLogins.send(FeedRequest.account(feed.feed(), login), headers);
    }

    /** Reads the body where it can tell something, and closes it. */
    public AccountCheck.Answer answer(
            @Body InputStream body, @Header("CamelHttpResponseCode") int status, @Headers Map<String, Object> headers)
            throws IOException {
        try {
            FeedAnswer answer = FeedAnswer.ofPage(
                    status,
                    FeedLogins.first(headers, "Retry-After"),
                    FeedLogins.first(headers, "Location"),
                    clock.instant());
            AccountAnswers answers = new AccountAnswers(feed.feed());
            return answer instanceof FeedAnswer.Ok
                    ? answers.of(read(body, headers), FeedLogins.first(headers, "Content-Type"))
                    : answers.of(answer, status);
        } finally {
            FeedLogins.drop(body);
        }
    }

    private byte[] read(InputStream body, Map<String, Object> headers) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        FeedBody.Bounds bounds = new FeedBody.Bounds(
                MOST_BYTES, Reason.SOURCE_REFUSED, "check archiver.telemessage.base-url and what stands between", time);
        return FeedBody.inflate(body, FeedLogins.first(headers, "Content-Encoding"), bounds)
                .readAllBytes();
    }
}
