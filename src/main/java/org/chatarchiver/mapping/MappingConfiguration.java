package org.chatarchiver.mapping;

import java.time.Clock;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.security.DataDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is known of mappings and mailboxes. The {@link Mapper} is made where the domains of the destination are known. */
@Configuration(proxyBeanMethods = false)
class MappingConfiguration {
    @Bean
    PartyIds partyIds(MappingProperties properties) {
        return new PartyIds(properties.defaultRegion());
    }

    @Bean
    MappingStore mappingStore(DataDirectory data, MappingReader reader, MappingProperties properties, Clock clock) {
        return new MappingStore(data.root(), reader, properties, clock, MappingEvents.logged());
    }

    @Bean
    MailboxAnswers mailboxAnswers(MappingProperties properties, Clock clock) {
        return new MailboxAnswers(properties, clock);
    }
}
