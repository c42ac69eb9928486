package org.chatarchiver.archive;

import org.chatarchiver.delivery.ExchangeProperties;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.message.PartyIds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What finds the mailboxes of a message: by the mapping, in the domains of the destination. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {
    @Bean
    Mapper mapper(MappingStore mappings, PartyIds ids, ExchangeProperties exchange) {
        return new Mapper(mappings, ids, exchange.domains());
    }
}
