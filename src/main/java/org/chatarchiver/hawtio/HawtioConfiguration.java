package org.chatarchiver.hawtio;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jolokia.server.core.service.api.Restrictor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is told to Hawtio, and how. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty("hawtio.enabled")
class HawtioConfiguration {
    @Bean
    Restrictor jolokiaRestrictor() {
        return new JolokiaRoles();
    }

    @Bean
    CamelContextConfiguration drawableRoutes() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                context.getCamelContextExtension().addContextPlugin(ModelToXMLDumper.class, new DrawableRoutes());
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // Nothing to do.
            }
        };
    }
}
