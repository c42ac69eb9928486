package org.chatarchiver.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.setup.AccountCheck.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A feed with two accounts, and the route that asks for one; no password is ever logged. */
@ExtendWith(OutputCaptureExtension.class)
abstract class AccountBed {
    static final String PASSWORD = "feed-Secr\u00e9t-4711";
    static final Duration TIME = Duration.ofSeconds(2);

    FeedSimulator feed;
    AccountRoute route;

    @BeforeEach
    void open() throws Exception {
        feed = new FeedSimulator();
        feed.account(new FeedAccount("ops", PASSWORD, Set.of("WECHAT", "SIGNAL")));
        feed.account(new FeedAccount("closed", PASSWORD, Set.of()));
        route = new AccountRoute(feed.baseUrl().toString(), TIME);
    }

    @AfterEach
    void close(CapturedOutput log) throws IOException {
        route.close();
        feed.close();
        assertThat(log.getAll()).doesNotContain(PASSWORD);
    }

    void fault(Fault fault) {
        feed.fault(FeedSimulator.ACCOUNT, 1, fault);
    }

    Answer check() {
        return route.check.check("ops", PASSWORD);
    }

    String isUnavailable(String... parts) {
        Answer answer = check();
        assertThat(answer).isInstanceOf(Answer.Unavailable.class);
        String sentence = ((Answer.Unavailable) answer).sentence();
        assertThat(sentence).contains(parts).doesNotContain(PASSWORD);
        return sentence;
    }

    String place() {
        return feed.baseUrl() + FeedSimulator.ACCOUNT;
    }
}
