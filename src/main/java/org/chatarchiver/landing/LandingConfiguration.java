package org.chatarchiver.landing;

import org.apache.camel.ProducerTemplate;
import org.chatarchiver.ledger.LandingZone;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The beans of the landing zone; {@code archiver.landing} chooses between directory and Azure, as it chooses the route file. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LandingProperties.class)
class LandingConfiguration {

    @Bean
    Staging staging(LandingProperties properties) {
        return new Staging(properties.directory("staging"));
    }

    @Bean
    Landings landings(ProducerTemplate routes, Landing landing, Staging staging) {
        return new Landings(routes, landing, staging);
    }

    @Bean
    LandedRuns landedRuns(Landing landing) {
        return new LandedRuns(landing);
    }

    @Bean
    @ConditionalOnProperty(name = "archiver.landing", havingValue = "file", matchIfMissing = true)
    DirectoryStore landingDirectory(LandingProperties properties) {
        return new DirectoryStore(properties.directory("landing"));
    }

    @Bean
    @ConditionalOnProperty(name = "archiver.landing", havingValue = "file", matchIfMissing = true)
    Landing landing(
            DirectoryStore directory,
            Environment settings,
            ObjectProvider<LandingZone> zone,
            ObjectProvider<Staging> staging) {
        return Landing.of(directory, settings, zone, staging);
    }
}
