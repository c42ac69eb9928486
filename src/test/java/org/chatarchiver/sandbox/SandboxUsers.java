package org.chatarchiver.sandbox;

import java.util.UUID;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Who logs in at the sandbox: one of each role. */
final class SandboxUsers {
    static final String ADMIN = "admin";
    static final String READER = "reader";

    private final String adminPassword = UUID.randomUUID().toString();
    private final String readerPassword = UUID.randomUUID().toString();

    String adminPassword() {
        return adminPassword;
    }

    String readerPassword() {
        return readerPassword;
    }

    RunningArchiver.Settings addTo(RunningArchiver.Settings settings) {
        add(settings, 0, ADMIN, adminPassword, "DATA_CONNECTOR_ADMIN");
        return add(settings, 1, READER, readerPassword, "COMPLIANCE_READER");
    }

    private static RunningArchiver.Settings add(
            RunningArchiver.Settings settings, int index, String name, String password, String role) {
        String user = "archiver.security.users[" + index + "].";
        return settings.set(user + "username", name)
                .set(user + "password", "{bcrypt}" + new BCryptPasswordEncoder().encode(password))
                .set(user + "roles", role);
    }
}
