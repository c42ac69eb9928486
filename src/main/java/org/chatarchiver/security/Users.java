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
        List<UserDetails> users = configured.users().isEmpty()
                ? List.of(user(
                        AdminPassword.USERNAME,
                        PasswordHashes.ofOwnFile(admin.readOrMake()),
                        Role.DATA_CONNECTOR_ADMIN.name()))
                : configured.users().stream()
                        .map(user -> user(
                                user.username(),
                                user.password(),
                                user.roles().stream().map(Role::name).toArray(String[]::new)))
                        .toList();
        return new InMemoryUserDetailsManager(users);
    }

    private static UserDetails user(String name, String hash, String... roles) {
        return User.withUsername(name).password(hash).roles(roles).build();
    }
}
