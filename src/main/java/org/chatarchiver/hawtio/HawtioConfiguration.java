package org.chatarchiver.hawtio;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ModelToXMLDumper;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.chatarchiver.audit.AuditNotes;
import org.jolokia.server.core.service.api.Restrictor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is told to Hawtio, and how. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty("hawtio.enabled")
class HawtioConfiguration {
    @Bean
    Restrictor jolokiaRestrictor(ObjectProvider<AuditNotes> audit) {
        return new JolokiaRoles(audit);
    }

    /** Takes away what {@link NoProxy} stands for. */
    @Bean
    static BeanDefinitionRegistryPostProcessor withoutProxy() {
        return registry -> {
            if (registry.containsBeanDefinition("jolokiaProxyServlet")) {
                registry.removeBeanDefinition("jolokiaProxyServlet");
            }
        };
    }

    @Bean
    ServletRegistrationBean<NoProxy> noProxy() {
        return new ServletRegistrationBean<>(new NoProxy(), HawtioSecurity.HAWTIO + "/proxy/*");
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
