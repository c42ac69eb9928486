package org.chatarchiver.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import org.chatarchiver.security.AdminPassword;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** The one user of an archiver whose ledger is in PostgreSQL, where no password is made: it stands where that would, for tests to log in. */
public final class AdminOfTests {
    private static final String USERS = "archiver.security.users";

    private AdminOfTests() {}

    /** What a start needs beside these settings; nothing where they have users, or the ledger is embedded. */
    public static Map<String, String> beside(Map<String, String> settings) throws IOException {
        boolean shared = settings.getOrDefault("spring.datasource.url", "").startsWith("jdbc:postgresql:");
        if (!shared || settings.keySet().stream().anyMatch(name -> name.startsWith(USERS))) {
            return Map.of();
        }
        Path file = Path.of(settings.get("archiver.data")).resolve("secrets/admin/password");
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, UUID.randomUUID().toString());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
        }
        return Map.of(
                USERS + "[0].username",
                AdminPassword.USERNAME,
                USERS + "[0].password",
                "{bcrypt}" + new BCryptPasswordEncoder().encode(Files.readString(file)),
                USERS + "[0].roles",
                "DATA_CONNECTOR_ADMIN");
    }
}
