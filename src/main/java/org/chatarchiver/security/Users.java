package org.chatarchiver.security;

import java.util.List;
import org.chatarchiver.ledger.SharedLedger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The configured users, or the one administrator while there are none; with a ledger that others may work with there have to be some. */
@Configuration(proxyBeanMethods = false)
class Users {

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordHashes.encoder();
    }

    @Bean
    UserDetailsService userDetailsService(SecurityProperties configured, AdminPassword admin, Environment settings) {
        if (configured.users().isEmpty() && SharedLedger.is(settings)) {
            throw new StartRefusedException(
                    "No user is configured (archiver.security.users), and the ledger is in PostgreSQL, with which several"
                            + " archivers may work: each would make a password of its own for "
                            + AdminPassword.USERNAME + ", in " + admin.file(),
                    "Set archiver.security.users[0].username, .password ({bcrypt}..., by htpasswd -nBC 12 <name>) and .roles"
                            + " (DATA_CONNECTOR_ADMIN), the same for all archivers with this ledger.");
        }
        return new InMemoryUserDetailsManager(all(configured, admin));
    }

    /** Who asks for a password. */
    @Bean
    PasswordCheck passwordCheck(SecurityProperties configured, UserDetailsService users, PasswordEncoder encoder) {
        List<String> hashes = configured.users().isEmpty()
                ? List.of(users.loadUserByUsername(AdminPassword.USERNAME).getPassword())
                : configured.users().stream()
                        .map(SecurityProperties.User::password)
                        .toList();
        return new PasswordCheck(users, hashes, encoder);
    }

    private static List<UserDetails> all(SecurityProperties configured, AdminPassword admin) {
        if (configured.users().isEmpty()) {
            return List.of(user(
                    AdminPassword.USERNAME,
                    PasswordHashes.ofOwnFile(admin.readOrMake()),
                    Role.DATA_CONNECTOR_ADMIN.name()));
        }
        return configured.users().stream()
                .map(user -> user(
                        user.username(),
                        user.password(),
                        user.roles().stream().map(Role::name).toArray(String[]::new)))
                .toList();
    }

    private static UserDetails user(String name, String hash, String... roles) {
        return User.withUsername(name).password(hash).roles(roles).build();
    }
}
