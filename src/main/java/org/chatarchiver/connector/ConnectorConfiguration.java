package org.chatarchiver.connector;

import java.time.Clock;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.dataformat.csv.CsvRecordConverter;
import org.apache.commons.csv.CSVRecord;
import org.chatarchiver.mapping.MailboxAnswers;
import org.chatarchiver.mapping.MappingLog;
import org.chatarchiver.mapping.MappingProperties;
import org.chatarchiver.mapping.MappingReader;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.security.DataDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What mappings are read and kept by. */
@Configuration(proxyBeanMethods = false)
class ConnectorConfiguration {
    @Bean
    PartyIds partyIds(MappingProperties properties) {
        return new PartyIds(properties.defaultRegion());
    }

    @Bean
    MappingReading mappingReading(ProducerTemplate routes, PartyIds ids) {
        return new MappingReading(routes, ids);
    }

    /** A row of a mapping file as it was read: with the place where it ends. */
    @Bean
    CsvRecordConverter<CSVRecord> mappingRow() {
        return row -> row;
    }

    @Bean
    MappingStore mappingStore(DataDirectory data, MappingReader reader, MappingProperties properties, Clock clock) {
        return new MappingStore(data.root(), reader, properties, clock, new MappingLog());
    }

    @Bean
    MailboxAnswers mailboxAnswers(MappingProperties properties, Clock clock) {
        return new MailboxAnswers(properties, clock);
    }
}
