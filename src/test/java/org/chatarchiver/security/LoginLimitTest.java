package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginLimitTest extends HttpTest {
    private static final String HERE = "192.0.2.1";

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final LoginAttempts attempts = new LoginAttempts(nanoTime::get);

    @Test
    void userIsRefusedAfterTenWrongPasswordsEvenWithTheRightOne() throws Exception {
        for (int i = 0; i < LoginAttempts.PER_USER_AND_ADDRESS; i++) {
            assertThat(get("/api/things", as(VICTIM, "guess" + i)).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> answer = get("/api/things", as(VICTIM));
        ApiAccessTest.assertProblem(answer, 429, "try again in");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(get("/api/things", as(READER)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusalEndsWithItsMinute() {
        fail(LoginAttempts.PER_USER_AND_ADDRESS, "ann");
        assertThat(attempts.refusedFor("ann", HERE)).isEqualTo(LoginAttempts.WINDOW);
        nanoTime.addAndGet(LoginAttempts.WINDOW.toNanos());
        assertThat(attempts.refusedFor("ann", HERE)).isZero();
        fail(1, "ann");
        assertThat(attempts.refusedFor("ann", HERE)).isZero();
    }

    @Test
    void refusalIsForOneAddressOnly() {
        fail(LoginAttempts.PER_USER_AND_ADDRESS, "ann");
        assertThat(attempts.refusedFor("ann", "192.0.2.2")).isZero();
    }

    @Test
    void addressThatTriesManyNamesIsRefused() {
        for (int i = 0; i < LoginAttempts.PER_ADDRESS; i++) {
            fail(1, "user" + i);
        }
        assertThat(attempts.refusedFor("somebody", HERE)).isGreaterThan(Duration.ZERO);
    }

    @Test
    void capitalsDoNotMakeAnotherUser() {
        fail(LoginAttempts.PER_USER_AND_ADDRESS, "ann");
        assertThat(attempts.refusedFor("aNN", HERE)).isGreaterThan(Duration.ZERO);
    }

    @Test
    void successForgetsTheUsersFailures() {
        fail(LoginAttempts.PER_USER_AND_ADDRESS - 1, "ann");
        attempts.succeeded("ann", HERE);
        fail(1, "ann");
        assertThat(attempts.refusedFor("ann", HERE)).isZero();
    }

    private void fail(int times, String user) {
        for (int i = 0; i < times; i++) {
            attempts.failed(user, HERE);
        }
    }
}
