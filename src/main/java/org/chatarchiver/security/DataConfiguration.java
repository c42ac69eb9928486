package org.chatarchiver.security;

import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The data directory and what is kept secret in it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DataProperties.class)
class DataConfiguration {

    @Bean
    DataDirectory dataDirectory(DataProperties properties) {
        return new DataDirectory(Path.of(properties.data()));
    }

    @Bean
    Secrets secrets(DataDirectory data) {
        return new Secrets(data);
    }

    @Bean
    AdminPassword adminPassword(DataDirectory data, Secrets secrets) {
        return new AdminPassword(data, secrets);
    }
}
