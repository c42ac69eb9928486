package org.chatarchiver.security;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/**
 * The forms of a password in the configuration: {@code {bcrypt}} and {@code {pbkdf2@SpringSecurity_v5_8}}. Of the other
 * forms that Spring knows, {@code {noop}} is plain text, the digests are too quick to guess, and scrypt and argon2 need
 * a library that is not shipped.
 */
final class PasswordHashes {
    private static final String BCRYPT = "bcrypt";
    private static final int LEAST_COST = 4;
    private static final String PBKDF2 = "pbkdf2@SpringSecurity_v5_8";

    /** Below 10 guessing is quick; above 14 a log-in takes seconds of a core, and each request is one. */
    private static final Pattern BCRYPT_HASH = Pattern.compile("\\$2[aby]?\\$1[0-4]\\$[./0-9A-Za-z]{53}");

    private static final Pattern BCRYPT_COST = Pattern.compile("\\{" + BCRYPT + "}\\$2[aby]?\\$(\\d\\d)\\$");

    private static final Pattern PBKDF2_HASH = Pattern.compile("[0-9a-fA-F]{96,}");

    private PasswordHashes() {}

    static PasswordEncoder encoder() {
        return new DelegatingPasswordEncoder(
                BCRYPT,
                Map.of(
                        BCRYPT,
                        new BCryptPasswordEncoder(),
                        PBKDF2,
                        Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    }

    /**
     * The hash of a password that stands in a file of ours, 192 random bits unless it was changed there. It is held in memory only and
     * guarded like the file; a costly one would only slow down every request of the API, since each bears the password.
     */
    static String ofOwnFile(String password) {
        return "{" + BCRYPT + "}" + new BCryptPasswordEncoder(LEAST_COST).encode(password);
    }

    /** The same for hashes that take the same time. */
    static String cost(String hash) {
        Matcher bcrypt = BCRYPT_COST.matcher(hash);
        return bcrypt.lookingAt() ? bcrypt.group(1) : PBKDF2;
    }

    /** Throws an {@link IllegalArgumentException} that tells the cure and never the value. */
    static void check(String username, String password) {
        if (!isHash(password)) {
            throw new IllegalArgumentException("The password of the user '" + Printable.of(username)
                    + "' in archiver.security.users is no complete {bcrypt} hash of cost 10 to 14"
                    + " (nor a {" + PBKDF2 + "} one); plain text is refused."
                    + " Make one with 'htpasswd -nBC 12 " + Printable.of(username)
                    + "' and set password={bcrypt} followed by what it prints after the colon"
                    + " (in a shell within single quotes: the hash has dollar signs)");
        }
    }

    private static boolean isHash(String password) {
        return password != null && (isHash(password, BCRYPT, BCRYPT_HASH) || isHash(password, PBKDF2, PBKDF2_HASH));
    }

    private static boolean isHash(String password, String form, Pattern hash) {
        String prefix = "{" + form + "}";
        return password.startsWith(prefix)
                && hash.matcher(password.substring(prefix.length())).matches();
    }
}
