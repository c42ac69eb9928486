package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

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
    void whoHasLoggedInRightIsNotLockedOutByAnybody() throws Exception {
        assertThat(get("/api/things", as(GUARDED)).statusCode()).isEqualTo(200);
        for (int i = 0; i < 3 * LoginAttempts.PER_USER_AND_ADDRESS; i++) {
            assertThat(get("/api/things", as(GUARDED, "guess" + i)).statusCode())
                    .isEqualTo(i < LoginAttempts.PER_USER_AND_ADDRESS ? 401 : 429);
        }
        assertThat(get("/api/things", as(GUARDED)).statusCode()).isEqualTo(200);
        assertThat(get("/actuator/prometheus", as(GUARDED)).statusCode()).isEqualTo(200);
    }

    @Test
    void requestsInParallelGetNoFurtherThanOneAfterTheOther() throws Exception {
        AtomicInteger checked = new AtomicInteger();
        ThrottledLogin login = new ThrottledLogin(
                credentials -> {
                    checked.incrementAndGet();
                    throw new BadCredentialsException("wrong");
                },
                new LoginAttempts(System::nanoTime),
                new KnownLogins(
                        new InMemoryUserDetailsManager(
                                User.withUsername("ann").password("hash").build()),
                        Duration.ofMinutes(5),
                        System::nanoTime),
                LoginAudits.none());
        inParallel(64, i -> login.authenticate(credentials("ann", "guess" + i)));
        assertThat(checked).hasValue(LoginAttempts.PER_USER_AND_ADDRESS);
    }

    @Test
    void rightPasswordsInParallelAreAllLetIn() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        ThrottledLogin login = new ThrottledLogin(
                credentials -> {
                    await(slow);
                    return UsernamePasswordAuthenticationToken.authenticated("ann", null, List.of());
                },
                new LoginAttempts(System::nanoTime),
                new KnownLogins(
                        new InMemoryUserDetailsManager(
                                User.withUsername("ann").password("hash").build()),
                        Duration.ofMinutes(5),
                        System::nanoTime),
                LoginAudits.none());
        AtomicInteger letIn = new AtomicInteger();
        slow.countDown();
        inParallel(64, i -> {
            login.authenticate(credentials("ann", "right"));
            letIn.incrementAndGet();
        });
        assertThat(letIn).hasValue(64);
    }

    @Test
    void refusalEndsWithItsMinute() {
        fail(LoginAttempts.PER_USER_AND_ADDRESS, "ann");
        assertThat(refused("ann", HERE)).hasValue(LoginAttempts.WINDOW.toSeconds());
        nanoTime.addAndGet(LoginAttempts.WINDOW.toNanos());
        assertThat(refused("ann", HERE)).isEmpty();
        fail(1, "ann");
        assertThat(refused("ann", HERE)).isEmpty();
    }

    @Test
    void refusalIsForOneAddressOnly() {
        fail(LoginAttempts.PER_USER_AND_ADDRESS, "ann");
        assertThat(refused("ann", "192.0.2.2")).isEmpty();
    }

    @Test
    void anAddressOfIpv6IsTheNetworkOfItsSubscriber() {
        for (int i = 0; i < LoginAttempts.PER_USER_AND_ADDRESS; i++) {
            attempts.begin("ann", "2001:db8:1:2::" + Integer.toHexString(i + 1)).failed();
        }
        assertThat(refused("ann", "2001:db8:1:2:ffff::1")).isPresent();
        assertThat(refused("ann", "2001:db8:1:3::1")).isEmpty();
        assertThat(refused("ann", "fe80::1%eth0")).isEmpty();
    }

    @Test
    void aPortBehindAnAddressIsNoOtherAddress() {
        for (int i = 0; i < LoginAttempts.PER_USER_AND_ADDRESS; i++) {
            attempts.begin("ann", HERE + ":" + (40_000 + i)).failed();
        }
        assertThat(refused("ann", HERE + ":50000")).isPresent();
        assertThat(refused("ann", HERE)).isPresent();
        assertThat(refused("ann", "192.0.2.2:50000")).isEmpty();
    }

    @Test
    void anAddressThatTriesManyNamesIsRefusedUnderThem() {
        for (int i = 0; i < LoginAttempts.PER_ADDRESS; i++) {
            fail(1, "user" + i);
        }
        assertThat(refused("user1", HERE)).isPresent();
    }

    @Test
    void whoeverElseIsAtSuchAnAddressIsCheckedOneAtATime() {
        for (int i = 0; i < LoginAttempts.PER_ADDRESS; i++) {
            fail(1, "user" + i);
        }
        LoginAttempts.Attempt prometheus = attempts.begin("prometheus", HERE);
        CompletableFuture<LoginAttempts.Attempt> next =
                CompletableFuture.supplyAsync(() -> attempts.begin("grafana", HERE));
        assertThatThrownBy(() -> next.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        prometheus.succeeded();
        assertThat(next).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void capitalsDoNotMakeAnotherUser() {
        fail(LoginAttempts.PER_USER_AND_ADDRESS, "ann");
        assertThat(refused("aNN", HERE)).isPresent();
    }

    @Test
    void successForgetsTheUsersFailures() {
        fail(LoginAttempts.PER_USER_AND_ADDRESS - 1, "ann");
        attempts.begin("ann", HERE).succeeded();
        fail(1, "ann");
        assertThat(refused("ann", HERE)).isEmpty();
    }

    private Optional<Long> refused(String user, String address) {
        try {
            attempts.begin(user, address).abandoned();
            return Optional.empty();
        } catch (TooManyAttemptsException e) {
            return Optional.of(e.seconds());
        }
    }

    private void fail(int times, String user) {
        for (int i = 0; i < times; i++) {
            attempts.begin(user, HERE).failed();
        }
    }

    private static Authentication credentials(String user, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(user, password);
    }

    private static void inParallel(int number, IntConsumer task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                int one = i;
                all.add(threads.submit(() -> {
                    await(start);
                    try {
                        task.accept(one);
                    } catch (AuthenticationException refused) {
                        // Counted by what was checked.
                    }
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
