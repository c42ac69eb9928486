package org.chatarchiver.archive;

import org.chatarchiver.delivery.ExchangeProperties;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.message.PartyIds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What finds the mailboxes of a message: by the mapping, in the domains of the destination. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {
    @Bean
    Mapper mapper(PartyIds ids, ExchangeProperties exchange) {
        return new Mapper(ids, exchange.domains());
    }
}
