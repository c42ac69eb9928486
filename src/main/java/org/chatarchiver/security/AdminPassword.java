package org.chatarchiver.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The password of the one administrator there is while no user is configured: 192 random bits as 32 URL-safe
 * characters, made once and kept in {@code <archiver.data>/secrets/admin/password}. Logs the file, never the password.
 */
public final class AdminPassword {
    /** The administrator's user name, and the id of its secret. */
    public static final String USERNAME = "admin";

    private static final Logger LOG = LoggerFactory.getLogger(AdminPassword.class);
    private static final String NAME = "password";
    private static final int BYTES = 24;

    private final DataDirectory data;
    private final Secrets secrets;

    public AdminPassword(DataDirectory data, Secrets secrets) {
        this.data = data;
        this.secrets = secrets;
    }

    public Path file() {
        return data.path("secrets", USERNAME, NAME);
    }

    /** The password as it stands in the file; it is in force from the start that follows its change. */
    public Secret read() {
        return secrets.read(USERNAME, NAME);
    }

    /** The password in the file, which is made where it is missing; two starts at once get the same one. */
    String readOrMake() {
        make();
        LOG.info(
                "No user is configured (archiver.security.users): log in as {} with the password in {}",
                USERNAME,
                file());
        Secret secret = read();
        if (secret instanceof Secret.Unusable unusable) {
            throw new StartRefusedException(
                    unusable.problem(), "Mend or remove the file, or configure archiver.security.users.");
        }
        return secret.value().orElseThrow();
    }

    private void make() {
        if (read().value().isPresent()) {
            return;
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        try {
            data.directory("secrets", USERNAME);
            data.writeOnce(file(), password.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The administrator's password cannot be kept in " + file(),
                    "Give the archiver's user write permission there, or configure archiver.security.users.",
                    e);
        }
    }
}
