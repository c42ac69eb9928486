package org.chatarchiver.security;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The data directory and what is kept secret in it. */
@Configuration(proxyBeanMethods = false)
class DataConfiguration {

    // A String: Spring turns a Path into a resource of the class path first, and "data" might be one.
    @Bean
    DataDirectory dataDirectory(@Value("${archiver.data:data}") String directory) {
        return new DataDirectory(Path.of(directory));
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
