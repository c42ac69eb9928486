package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** By what is hashed, since the clock of a test machine proves nothing. */
class PasswordCheckTest {
    private static final String CHEAP = "{bcrypt}$2a$10$" + "a".repeat(53);
    private static final String CHEAP_TOO = "{bcrypt}$2y$10$" + "b".repeat(53);
    private static final String DEAR = "{bcrypt}$2a$14$" + "c".repeat(53);
    private static final String OTHER = "{pbkdf2@SpringSecurity_v5_8}" + "0".repeat(96);

    private final Hashing hashing = new Hashing();
    private final PasswordCheck check = new PasswordCheck(
            new InMemoryUserDetailsManager(
                    user("ann", CHEAP), user("ben", CHEAP_TOO), user("eve", DEAR), user("fay", OTHER)),
            List.of(CHEAP, CHEAP_TOO, DEAR, OTHER),
            hashing);

    private static final class Hashing implements PasswordEncoder {
        private final List<String> costs = new ArrayList<>();

        @Override
        public String encode(CharSequence password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean matches(CharSequence password, String hash) {
            costs.add(PasswordHashes.cost(hash));
            return password.equals("right");
        }
    }

    @Test
    void everyRefusalCostsTheSameWhateverTheNameAndItsHash() {
        for (String name : List.of("nobody", "", "ann", "ben", "eve", "fay", "EVE")) {
            hashing.costs.clear();
            assertThatThrownBy(() ->
                            check.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(name, "wrong")))
                    .isInstanceOf(BadCredentialsException.class)
                    .hasMessage("Wrong name or password");
            assertThat(hashing.costs).as(name).containsExactlyInAnyOrder("10", "14", "pbkdf2@SpringSecurity_v5_8");
        }
    }

    @Test
    void anUnknownNameIsNeverLetInByAnothersPassword() {
        assertThatThrownBy(() ->
                        check.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("nobody", "right")))
                .isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void theRightPasswordCostsItsOwnHashOnly() {
        assertThat(check.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("ann", "right"))
                        .getName())
                .isEqualTo("ann");
        assertThat(hashing.costs).containsExactly("10");
    }

    private static UserDetails user(String name, String hash) {
        return User.withUsername(name).password(hash).roles("X").build();
    }
}
