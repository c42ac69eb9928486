package org.chatarchiver.connector;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.dataformat.csv.CsvRecordConverter;
import org.apache.commons.csv.CSVRecord;
import org.chatarchiver.message.PartyIds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes read mapping files by. */
@Configuration(proxyBeanMethods = false)
class ConnectorConfiguration {
    @Bean
    MappingReading mappingReading(ProducerTemplate routes, PartyIds ids) {
        return new MappingReading(routes, ids);
    }

    /** A row of a mapping file as it was read: with the place where it ends. */
    @Bean
    CsvRecordConverter<CSVRecord> mappingRow() {
        return row -> row;
    }
}
