package org.chatarchiver.security;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Holds a password against its user's hash. Every refusal costs one hash of each form and cost that any user has: an unknown name takes as
 * long as a known one, whatever its hash, so that names cannot be told by the clock.
 */
final class PasswordCheck implements AuthenticationManager {
    private final UserDetailsService users;
    private final PasswordEncoder encoder;
    private final Map<String, String> hashes = new LinkedHashMap<>();

    /** @param configured the hashes of all users */
    PasswordCheck(UserDetailsService users, Collection<String> configured, PasswordEncoder encoder) {
        this.users = users;
        this.encoder = encoder;
        configured.forEach(hash -> hashes.putIfAbsent(PasswordHashes.cost(hash), hash));
    }

    @Override
    public Authentication authenticate(Authentication credentials) {
        String password = String.valueOf(credentials.getCredentials());
        Optional<UserDetails> user = find(credentials.getName());
        if (user.isPresent() && encoder.matches(password, user.get().getPassword())) {
            return UsernamePasswordAuthenticationToken.authenticated(
                    user.get().getUsername(), null, List.copyOf(user.get().getAuthorities()));
        }
        String done =
                user.map(known -> PasswordHashes.cost(known.getPassword())).orElse("");
        hashes.forEach((cost, hash) -> {
            if (!cost.equals(done)) {
                encoder.matches(password, hash);
            }
        });
        throw new BadCredentialsException("Wrong name or password");
    }

    private Optional<UserDetails> find(String name) {
        try {
            return Optional.of(users.loadUserByUsername(name));
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }
}
