package org.chatarchiver.security;

import com.azure.core.credential.TokenCredential;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The credential for Exchange Online and Azure Storage. */
@Configuration(proxyBeanMethods = false)
class AzureAdConfiguration {
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TokenCredential tokenCredential(AzureAdProperties properties) {
        return new AzureAdCredential(properties);
    }
}
