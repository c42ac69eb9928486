package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

class IdleSessionsTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final IdleSessions filter = new IdleSessions(
            Duration.ofMinutes(30),
            Duration.ofHours(12),
            request -> request.getRequestURI().equals("/polled"),
            nanoTime::get,
            Duration.ZERO);
    private final MockHttpSession session = new MockHttpSession();

    @BeforeEach
    void logIn() throws Exception {
        ask(false);
    }

    @Test
    void whoDoesSomethingNowAndThenStaysLoggedIn() throws Exception {
        for (int i = 0; i < 10; i++) {
            pass(29);
            assertThat(IdleSessions.isOver(ask(false))).isFalse();
        }
    }

    @Test
    void butNotForMoreThanTwelveHoursBehindTheLogInWhateverIsDone() throws Exception {
        for (int i = 0; i < 36; i++) {
            pass(20);
            assertThat(IdleSessions.isOver(ask(false))).isFalse();
        }
        pass(1);
        assertThat(IdleSessions.isOver(ask(false))).isTrue();
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whoDoesNothingIsLoggedOut() throws Exception {
        pass(31);
        MockHttpServletRequest late = ask(false);
        assertThat(IdleSessions.isOver(late)).isTrue();
        assertThat(session.isInvalid()).isTrue();
        assertThat(late.getSession(false)).isNull();
    }

    @Test
    void whatAPageAsksForByItselfKeepsNoSession() throws Exception {
        for (int i = 0; i < 30; i++) {
            pass(1);
            ask(true);
        }
        assertThat(session.isInvalid()).isFalse();
        pass(1);
        ask(true);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void norDoesWhatIsKnownToBeAskedForSoButForWhatSomebodyHasDoneByIt() throws Exception {
        pass(20);
        IdleSessions.use(ask("/polled"));
        pass(20);
        ask("/polled");
        assertThat(session.isInvalid()).isFalse();
        pass(11);
        ask("/polled");
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void aRequestWithoutASessionIsLetPassAndGivenNone() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/console/login");
        filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        assertThat(request.getSession(false)).isNull();
        assertThat(IdleSessions.isOver(request)).isFalse();
    }

    private void pass(int minutes) {
        nanoTime.addAndGet(Duration.ofMinutes(minutes).toNanos());
    }

    private MockHttpServletRequest ask(boolean poll) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/console/connectors");
        if (poll) {
            request.addHeader(IdleSessions.POLL, "yes");
        }
        return ask(request);
    }

    private MockHttpServletRequest ask(String path) throws ServletException, IOException {
        return ask(new MockHttpServletRequest("POST", path));
    }

    private MockHttpServletRequest ask(MockHttpServletRequest request) throws ServletException, IOException {
        request.setSession(session);
        filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        return request;
    }
}
