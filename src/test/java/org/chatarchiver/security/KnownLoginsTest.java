package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** By how often a password is hashed, with bcrypt as in operation. */
class KnownLoginsTest {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final PasswordEncoder BCRYPT = PasswordHashes.encoder();

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger hashed = new AtomicInteger();
    private final InMemoryUserDetailsManager users =
            new InMemoryUserDetailsManager(user("ann", "right", "READER"), user("ben", "right", "READER"));
    private final ThrottledLogin login = login(KEPT);

    private ThrottledLogin login(Duration kept) {
        PasswordEncoder counting = new PasswordEncoder() {
            @Override
            public String encode(CharSequence password) {
                return BCRYPT.encode(password);
            }

            @Override
            public boolean matches(CharSequence password, String hash) {
                hashed.incrementAndGet();
                return BCRYPT.matches(password, hash);
            }
        };
        return new ThrottledLogin(
                new PasswordCheck(users, List.of(users.loadUserByUsername("ann").getPassword()), counting),
                new LoginAttempts(nanoTime::get),
                new KnownLogins(users, kept, nanoTime::get),
                LoginAudits.none());
    }

    @Test
    void whoAsksAgainAndAgainPaysForOneHash() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(as("ann", "right").getName()).isEqualTo("ann");
            nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(hashed).hasValue(1);
    }

    @Test
    void aLogInThatIsNotUsedForMinutesIsForgotten() {
        as("ann", "right");
        nanoTime.addAndGet(KEPT.toNanos() - 1);
        as("ann", "right");
        assertThat(hashed).hasValue(1);
        nanoTime.addAndGet(KEPT.toNanos());
        as("ann", "right");
        assertThat(hashed).hasValue(2);
    }

    @Test
    void aChangedPasswordEndsItAtOnce() {
        as("ann", "right");
        users.updatePassword(users.loadUserByUsername("ann"), BCRYPT.encode("new"));

        assertThatThrownBy(() -> as("ann", "right")).isInstanceOf(BadCredentialsException.class);
        assertThat(as("ann", "new").getName()).isEqualTo("ann");
    }

    @Test
    void aPasswordThatIsChangedDuringItsCheckIsNotRememberedUnderTheNewHash() {
        UserDetails ann = users.loadUserByUsername("ann");
        KnownLogins known = new KnownLogins(users, KEPT, nanoTime::get);
        ThrottledLogin slow = new ThrottledLogin(
                credentials -> {
                    users.updatePassword(ann, BCRYPT.encode("new"));
                    return UsernamePasswordAuthenticationToken.authenticated("ann", null, List.of());
                },
                new LoginAttempts(nanoTime::get),
                known,
                LoginAudits.none());
        slow.authenticate(credentials("ann", "right"));

        assertThat(known.find(credentials("ann", "right"))).isEmpty();
    }

    @Test
    void aUserWhoIsRemovedIsKnownNoMoreAndOneWhoseRolesChangeHasTheNewOnes() {
        as("ann", "right");
        as("ben", "right");
        users.deleteUser("ann");
        users.updateUser(User.withUserDetails(users.loadUserByUsername("ben"))
                .roles("ADMIN")
                .build());

        assertThatThrownBy(() -> as("ann", "right")).isInstanceOf(BadCredentialsException.class);
        hashed.set(0);
        assertThat(as("ben", "right").getAuthorities())
                .extracting(Object::toString)
                .containsExactly("ROLE_ADMIN");
        assertThat(hashed).hasValue(0);
    }

    @Test
    void aWrongPasswordIsHashedEveryTimeBesideARightOneToo() {
        as("ann", "right");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> as("ann", "wrong")).isInstanceOf(BadCredentialsException.class);
        }
        // Nor does it help to move the boundary between name and password.
        assertThatThrownBy(() -> as("an", "nright")).isInstanceOf(BadCredentialsException.class);
        assertThat(hashed).hasValue(1 + 3 + 1);
    }

    @Test
    void onesPasswordIsNotAnothers() {
        as("ann", "right");
        as("ben", "right");
        assertThat(hashed).hasValue(2);
    }

    @Test
    void withoutAMemoryEachRequestPays() {
        ThrottledLogin forgetful = login(Duration.ZERO);
        forgetful.authenticate(credentials("ann", "right"));
        forgetful.authenticate(credentials("ann", "right"));
        assertThat(hashed).hasValue(2);
    }

    @Test
    void nothingThatIsKeptTellsAPassword() throws Exception {
        KnownLogins known = new KnownLogins(users, KEPT, nanoTime::get);
        known.claim(credentials("ann", "right")).remember();
        Field kept = KnownLogins.class.getDeclaredField("known");
        kept.setAccessible(true);
        String one = ((com.github.benmanes.caffeine.cache.Cache<?, ?>) kept.get(known))
                .asMap()
                .toString();

        known = new KnownLogins(users, KEPT, nanoTime::get);
        known.claim(credentials("ann", "right")).remember();
        String other = ((com.github.benmanes.caffeine.cache.Cache<?, ?>) kept.get(known))
                .asMap()
                .toString();

        assertThat(one)
                .matches("\\{[0-9a-f]{64}=true}")
                .as("a key for each process")
                .isNotEqualTo(other);
    }

    private Authentication as(String name, String password) {
        return login.authenticate(credentials(name, password));
    }

    private static Authentication credentials(String name, String password) {
        return UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    }

    private static UserDetails user(String name, String password, String role) {
        return User.withUsername(name)
                .password("{bcrypt}" + new BCryptPasswordEncoder(4).encode(password))
                .roles(role)
                .build();
    }
}
