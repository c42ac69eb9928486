package org.chatarchiver.security;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The configured users, or the one administrator while there are none. */
@Configuration(proxyBeanMethods = false)
class Users {

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordHashes.encoder();
    }

    @Bean
    UserDetailsService userDetailsService(SecurityProperties configured, AdminPassword admin) {
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
