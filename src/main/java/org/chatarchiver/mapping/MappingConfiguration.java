package org.chatarchiver.mapping;

import java.time.Clock;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.ledger.MappingVersions;
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
    MappingRecords mappingRecords(MappingVersions ledger, MappingArchive archive, Archivers archivers) {
        return new MappingRecords(ledger, archive, () -> archivers.name() + ", " + archivers.worker());
    }

    @Bean
    MappingStore mappingStore(
            DataDirectory data,
            MappingReader reader,
            MappingRecords records,
            MappingProperties properties,
            Clock clock) {
        return new MappingStore(data.root(), reader, records, properties, clock, MappingEvents.logged());
    }

    @Bean
    MappedMailboxes mappedMailboxes(
            DataDirectory data, Mappings mappings, MappingRecords records, MappingReader reader) {
        return new MappedMailboxes(mappings, records, reader, new MappingFiles(data.root()));
    }

    @Bean
    MailboxAnswers mailboxAnswers(MappingProperties properties, Clock clock) {
        return new MailboxAnswers(properties, clock);
    }
}
