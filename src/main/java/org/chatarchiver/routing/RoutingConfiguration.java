package org.chatarchiver.routing;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.dataformat.csv.CsvRecordConverter;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.commons.csv.CSVRecord;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.mapping.MailboxAnswers;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.mapping.MappingProperties;
import org.chatarchiver.mapping.MappingReader;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.mime.ChatMimeDataFormat;
import org.chatarchiver.mime.MimeProperties;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.telemessage.PageReader;
import org.chatarchiver.telemessage.Spools;
import org.chatarchiver.telemessage.TelemessageProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that the routes' beans are made of. */
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {
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

    @Bean
    PageReader pageReader(TelemessageProperties feed, DataDirectory data) throws IOException {
        return new PageReader(feed.reader(), Spools.in(data.directory("spool")));
    }

    /**
     * As many appends at a time as there may be connections, and as many again that wait for a second as their mailbox asked; a page's
     * own thread helps out when all are busy.
     */
    @Bean
    ExecutorService deliveries(CamelContext context, ExchangeProperties exchange) {
        return context.getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "deliveries",
                        new ThreadPoolProfileBuilder("deliveries")
                                .poolSize(2 * exchange.connections())
                                .maxPoolSize(2 * exchange.connections())
                                .maxQueueSize(1_000)
                                .build());
    }

    /** One thread for the route of each channel, so that none waits for another. */
    @Bean
    ExecutorService channelRoutes(CamelContext context) {
        return context.getExecutorServiceManager().newFixedThreadPool(this, "channelRoutes", Channel.values().length);
    }

    /** How the feed is asked: with time-outs until a connection stands and without a byte, and each request once. */
    @Bean
    ComponentCustomizer feedClient(TelemessageProperties feed) {
        // Last, or Camel's starter puts its own defaults over ours.
        return ComponentCustomizer.builder(HttpComponent.class)
                .withOrder(Ordered.LOWEST)
                .build(http -> {
                    // Camel's error handler counts the tries; the HTTP client's own would come on top.
                    http.setAutomaticRetriesDisabled(true);
                    // Inflated by us: what the client inflates can only be closed by reading it to its end.
                    http.setContentCompressionDisabled(true);
                    http.setConnectTimeout(feed.connectTimeout().toMillis());
                    http.setConnectionRequestTimeout(feed.readTimeout().toMillis());
                    http.setSoTimeout(feed.readTimeout().toMillis());
                    http.setResponseTimeout(feed.readTimeout().toMillis());
                });
    }

    /**
     * The tries of an attachment, which is asked for again when its message is archived. A bean, since the routes take pauses in
     * milliseconds only and the settings are durations.
     */
    @Bean
    RedeliveryPolicy attachmentRetries(TelemessageProperties feed) {
        return retries(Math.min(2, feed.retry().retries()), feed.retry());
    }

    private static RedeliveryPolicy retries(int number, TelemessageProperties.Retry retry) {
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(number);
        policy.setRedeliveryDelay(retry.initial().toMillis());
        policy.setMaximumRedeliveryDelay(retry.max().toMillis());
        policy.setUseExponentialBackOff(true);
        policy.setUseCollisionAvoidance(true);
        return policy;
    }
}
