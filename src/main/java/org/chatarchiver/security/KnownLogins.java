package org.chatarchiver.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Log-ins that were right a short time ago: the same name and password again need no costly hash, and are let in whatever others do under
 * the same name or from the same address, such as behind one proxy. Kept as digests under a key of this process. A digest is over the
 * user's hash too: one whose password is changed or who is removed is known no more, and the roles are those that the user has now.
 * Remembers 1,000, of them those in use. Safe for many threads.
 */
final class KnownLogins {
    private static final int REMEMBERED = 1_000;
    private static final String MAC = "HmacSHA256";

    private final UserDetailsService users;
    private final SecretKeySpec key;
    private final Cache<String, Boolean> known;

    /**
     * @param kept for how long behind its last use a log-in is remembered; zero for not at all
     * @param nanoTime as {@link System#nanoTime()}
     */
    KnownLogins(UserDetailsService users, Duration kept, LongSupplier nanoTime) {
        this.users = users;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, MAC);
        known = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(kept)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** A name and a password with the hash that the user had when they were given. */
    final class Claim {
        private final Optional<UserDetails> user;
        private final String digest;

        private Claim(Authentication credentials) {
            user = user(credentials.getName());
            // Of an unknown name too, so that it takes no other time.
            digest = digest(
                    credentials.getName(),
                    user.map(UserDetails::getPassword).orElse(""),
                    String.valueOf(credentials.getCredentials()));
        }

        /** Only after the password was found right, and looked for later than this claim was made. */
        void remember() {
            known.put(digest, true);
        }

        private Optional<Authentication> login() {
            return user.filter(one -> known.getIfPresent(digest) != null)
                    .map(one -> UsernamePasswordAuthenticationToken.authenticated(
                            one.getUsername(), null, List.copyOf(one.getAuthorities())));
        }
    }

    /** What can be remembered once it has been checked. */
    Claim claim(Authentication credentials) {
        return new Claim(credentials);
    }

    Optional<Authentication> find(Authentication credentials) {
        return claim(credentials).login();
    }

    private Optional<UserDetails> user(String name) {
        try {
            return Optional.of(users.loadUserByUsername(name));
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }

    private String digest(String... parts) {
        StringBuilder whole = new StringBuilder();
        for (String part : parts) {
            // With its length: no two run into each other's.
            whole.append(part.length()).append(':').append(part);
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(whole.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has " + MAC, e);
        }
    }
}
