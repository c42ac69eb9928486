package org.chatarchiver.security;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.chatarchiver.message.Sha256;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Who has logged in, as a session in the ledger says it: the name, and no credentials. What the archiver's own users may do is what the
 * settings say now, and one who is not there any more, or has another password, has to log in again; what others may do is what the issuer
 * said at the log-in.
 */
final class StoredUsers {
    private static final String ROLE = "ROLE_";
    private static final int PROOF = 16;

    private final UserDetailsService own;
    private final BooleanSupplier othersAreLetIn;

    /**
     * @param own those who log in by a password
     * @param othersAreLetIn whether anybody else vouches for people
     */
    StoredUsers(UserDetailsService own, BooleanSupplier othersAreLetIn) {
        this.own = own;
        this.othersAreLetIn = othersAreLetIn;
    }

    /**
     * @param proof the beginning of the SHA-256 of the hash of the password, which tells whether it is another one; null for others' people
     * @param roles of others' people; none for our own
     */
    record User(String name, String proof, Set<Role> roles) {}

    User stored(Authentication user) {
        if (user.getPrincipal() instanceof String name) {
            return new User(name, proof(own.loadUserByUsername(name)), Set.of());
        }
        Set<String> granted = user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return new User(
                user.getName(),
                null,
                Arrays.stream(Role.values())
                        .filter(role -> granted.contains(ROLE + role.name()))
                        .collect(Collectors.toSet()));
    }

    /** Empty where they have to log in again. */
    Optional<SecurityContext> loggedIn(User stored) {
        Optional<UserDetails> known = find(stored.name());
        if (stored.proof() != null) {
            return known.filter(user -> proof(user).equals(stored.proof()))
                    .map(user -> context(user.getUsername(), List.copyOf(user.getAuthorities())));
        }
        return known.isPresent() || !othersAreLetIn.getAsBoolean()
                ? Optional.empty()
                : Optional.of(context(
                        stored.name(),
                        stored.roles().stream()
                                .map(role -> new SimpleGrantedAuthority(ROLE + role.name()))
                                .toList()));
    }

    private Optional<UserDetails> find(String name) {
        try {
            return Optional.of(own.loadUserByUsername(name));
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }

    private static SecurityContext context(String name, List<? extends GrantedAuthority> granted) {
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(name, null, granted));
    }

    private static String proof(UserDetails user) {
        return Sha256.of(user.getPassword()).substring(0, PROOF);
    }
}
