package org.chatarchiver.archive;

import org.chatarchiver.delivery.ExchangeProperties;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.mime.ChatMimeDataFormat;
import org.chatarchiver.mime.MimeProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What makes an e-mail of a message, and finds its mailboxes. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {
    @Bean
    Mapper mapper(MappingStore mappings, PartyIds ids, ExchangeProperties exchange) {
        return new Mapper(mappings, ids, exchange.domains());
    }

    @Bean
    ChatMime chatMime(MimeProperties properties) {
        return new ChatMime(properties.messageIdDomain());
    }

    @Bean(ChatMimeDataFormat.NAME)
    ChatMimeDataFormat chatMimeDataFormat(ChatMime mime) {
        return new ChatMimeDataFormat(mime);
    }
}
