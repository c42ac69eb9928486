package org.chatarchiver.security;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.chatarchiver.message.Printable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code archiver.security}. Checked in the constructors, not by annotations: a failed annotation
 * has the refused value printed at start, and that may be a password.
 *
 * @param users a list of {@code username}, {@code password} ({@code {bcrypt}...}, by {@code htpasswd -nBC 12 name}) and {@code roles}
 *     (DATA_CONNECTOR_ADMIN, COMPLIANCE_READER), such as {@code archiver.security.users[0].username}. Without any there is {@code admin},
 *     with the password in {@code secrets/admin/password} of the data directory; with a ledger in PostgreSQL a start without any is
 *     refused
 * @param allowPlainHttp permits plain HTTP on an address other than loopback, for a pod whose TLS ends in front of it
 * @param rememberLogins for how long behind its last use a log-in that was right needs no costly hash again; {@code 0s}, for never, to
 *     {@code 1h}
 * @param sessionMax for how long behind a log-in its session at the console and Hawtio lasts, whatever is done; a role that an issuer has
 *     taken back ends with it; {@code 1s} to {@code 7d}
 */
@ConfigurationProperties("archiver.security")
record SecurityProperties(
        @DefaultValue List<User> users,
        @DefaultValue("false") boolean allowPlainHttp,
        @DefaultValue("5m") Duration rememberLogins,
        @DefaultValue("12h") Duration sessionMax) {

    private static final Duration LONGEST_MEMORY = Duration.ofHours(1);
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(1);
    private static final Duration LONGEST_SESSION = Duration.ofDays(7);

    SecurityProperties {
        if (rememberLogins.isNegative() || rememberLogins.compareTo(LONGEST_MEMORY) > 0) {
            throw new IllegalArgumentException(
                    "archiver.security.remember-logins is " + rememberLogins + "; use 0s, for no memory, to 1h");
        }
        if (sessionMax.compareTo(SHORTEST_SESSION) < 0 || sessionMax.compareTo(LONGEST_SESSION) > 0) {
            throw new IllegalArgumentException("archiver.security.session-max is " + sessionMax + "; use 1s to 7d");
        }
        users = List.copyOf(users);
        Set<String> names = new HashSet<>();
        for (User user : users) {
            // Spring's user store does not tell capitals from small letters.
            if (!names.add(user.username().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("archiver.security.users names the user '"
                        + Printable.of(user.username())
                        + "' twice (capitals do not count); remove one of the two");
            }
        }
    }

    /**
     * One user.
     *
     * @param username 1 to 64 printable characters without a colon, which HTTP Basic cannot carry (RFC 7617, section 2)
     * @param password a hash in a form that {@link PasswordHashes} accepts
     */
    record User(String username, String password, Set<Role> roles) {
        private static final int LONGEST_NAME = 64;

        User {
            if (username == null || username.isBlank()) {
                throw new IllegalArgumentException("A user under archiver.security.users has no username; set one");
            }
            String printable = Printable.of(username);
            if (username.length() > LONGEST_NAME || username.indexOf(':') >= 0 || !printable.equals(username)) {
                throw new IllegalArgumentException("The user name '" + printable
                        + "' in archiver.security.users is refused; use at most 64 printable characters and no colon");
            }
            PasswordHashes.check(username, password);
            if (roles == null || roles.isEmpty()) {
                throw new IllegalArgumentException("The user '" + printable
                        + "' in archiver.security.users has no roles; set DATA_CONNECTOR_ADMIN or COMPLIANCE_READER");
            }
            roles = Set.copyOf(EnumSet.copyOf(roles));
        }

        @Override
        public String toString() {
            return "User[" + username + ", " + roles + "]";
        }
    }
}
