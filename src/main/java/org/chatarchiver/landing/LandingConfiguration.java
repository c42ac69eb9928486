package org.chatarchiver.landing;

import java.nio.file.Path;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of the landing zone; {@code archiver.landing} chooses between directory and Azure, as it chooses the route file. */
@Configuration(proxyBeanMethods = false)
class LandingConfiguration {

    LandingConfiguration(@Value("${archiver.landing:file}") String kind) {
        if (!kind.equals("file") && !kind.equals("azure")) {
            throw new IllegalArgumentException("archiver.landing is \"" + kind + "\"; it must be file or azure");
        }
    }

    @Bean
    Staging staging(@Value("${archiver.data:data}") Path data) {
        return new Staging(data.resolve("staging"));
    }

    @Bean
    Landings landings(ProducerTemplate routes, Landing landing, Staging staging) {
        return new Landings(routes, landing, staging);
    }

    @Bean
    @ConditionalOnProperty(name = "archiver.landing", havingValue = "file", matchIfMissing = true)
    Landing landing(@Value("${archiver.data:data}") Path data) {
        return new Landing(new DirectoryStore(data.resolve("landing")));
    }
}
