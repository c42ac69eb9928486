package org.chatarchiver.mime;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What makes an e-mail of a message, also for the step {@code marshal} of the routes. */
@Configuration(proxyBeanMethods = false)
class MimeConfiguration {
    @Bean
    ChatMime chatMime(MimeProperties properties) {
        return new ChatMime(properties.messageIdDomain());
    }

    @Bean(ChatMimeDataFormat.NAME)
    ChatMimeDataFormat chatMimeDataFormat(ChatMime mime) {
        return new ChatMimeDataFormat(mime);
    }
}
