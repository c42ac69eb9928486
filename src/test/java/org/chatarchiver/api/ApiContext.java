package org.chatarchiver.api;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.MovableClock;
import org.chatarchiver.alert.StandingFindings;
import org.chatarchiver.alert.StandingFixture;
import org.chatarchiver.archive.Hindrances;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.channel.ChannelPace;
import org.chatarchiver.channel.Closing;
import org.chatarchiver.collect.Announced;
import org.chatarchiver.collect.AskingAgain;
import org.chatarchiver.collect.CollectingFixture;
import org.chatarchiver.collect.ConnectorWishes;
import org.chatarchiver.collect.FeedLogins;
import org.chatarchiver.collect.Leases;
import org.chatarchiver.collect.RequeueWishes;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.RunWishes;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.MappingFiles;
import org.chatarchiver.connector.MappingRoute;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.coverage.UnmetRows;
import org.chatarchiver.evidence.EvidenceExport;
import org.chatarchiver.landing.LandingContext;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.ArchiverRoutes;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.ledger.AskedWindows;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.ConnectorPauses;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.DetailRemovals;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.FailedWindows;
import org.chatarchiver.ledger.Holds;
import org.chatarchiver.ledger.KnownConnectors;
import org.chatarchiver.ledger.LeaseProperties;
import org.chatarchiver.ledger.MappingVersions;
import org.chatarchiver.ledger.MessageSearch;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.PeriodVerifications;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Removals;
import org.chatarchiver.ledger.Replays;
import org.chatarchiver.ledger.RunLeases;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.SearchLists;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.ledger.Watermarks;
import org.chatarchiver.mapping.MappingEvents;
import org.chatarchiver.mapping.MappingIds;
import org.chatarchiver.mapping.MappingProperties;
import org.chatarchiver.mapping.MappingRecords;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.MemoryArchive;
import org.chatarchiver.mapping.Parsed;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.recovery.Replaying;
import org.chatarchiver.recovery.ReplayingFixture;
import org.chatarchiver.retention.Holding;
import org.chatarchiver.retention.RetentionFixture;
import org.chatarchiver.retention.RetentionPlan;
import org.chatarchiver.routing.ConnectorEdits;
import org.chatarchiver.routing.RouteChecks;
import org.chatarchiver.routing.RouteDifferences;
import org.chatarchiver.routing.RouteStates;
import org.chatarchiver.routing.RoutingFixture;
import org.chatarchiver.routing.StoppedRoutes;
import org.chatarchiver.search.Search;
import org.chatarchiver.security.DataDirectory;
import org.chatarchiver.security.Secrets;
import org.chatarchiver.verify.VerificationTurns;
import org.chatarchiver.verify.Verifying;
import org.chatarchiver.verify.VerifyingPeriods;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

/** The API on a real ledger, with runs that poll nothing. Not a @Configuration: the sandbox scans the test classes too. */
@ComponentScan(
        basePackageClasses = {
            ApiConfiguration.class,
            Runs.class,
            AuditNotes.class,
            UnmetRows.class,
            EvidenceExport.class
        })
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    ValidationAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
@Import(SetupContext.class)
class ApiContext {
    private static final LandingProperties LANDING = new LandingProperties("file", "data");

    @Bean
    Connectors connectors() {
        return new Connectors();
    }

    @Bean
    ChatMime chatMime() {
        return new ChatMime("chat-archiver.invalid");
    }

    @Bean
    CamelContext camel() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:collect-run").stop();
                from("direct:verify-run").stop();
            }
        });
        return camel;
    }

    @Bean
    Search search(
            MessageSearch messages,
            ChatMime mime,
            Connectors connectors,
            Hindrances hindrances,
            Watermarks watermarks,
            SearchLists names) {
        return new Search(messages, new PartyIds("GB"), mime, connectors, hindrances, watermarks, names);
    }

    @Bean
    LeaseProperties lease() {
        return new LeaseProperties(Duration.ofMinutes(2));
    }

    @Bean
    Leases leases(RunLeases leases) {
        return CollectingFixture.leases(leases);
    }

    @Bean
    RunStarts runStarts(
            Connectors connectors,
            Runs runs,
            ConnectorPauses pauses,
            Watermarks watermarks,
            AskedWindows asked,
            Leases leases,
            CamelContext camel,
            Clock clock) {
        camel.start();
        return CollectingFixture.starts(
                connectors, runs, pauses, watermarks, asked, leases, camel.createProducerTemplate(), clock);
    }

    @Bean
    ConnectorWishes connectorWishes(
            Connectors connectors,
            ConnectorPauses pauses,
            Watermarks watermarks,
            AskedWindows asked,
            Leases leases,
            RunStarts starts,
            CamelContext camel,
            Clock clock) {
        return CollectingFixture.connectorWishes(
                connectors, pauses, watermarks, asked, leases, starts, camel.createProducerTemplate(), clock);
    }

    @Bean
    RunWishes runWishes(
            Runs runs,
            RunReports reports,
            Polls polls,
            Watermarks watermarks,
            AskedWindows asked,
            Leases leases,
            Clock clock) {
        return CollectingFixture.wishes(runs, reports, polls, watermarks, asked, leases, clock);
    }

    @Bean
    AskingAgain askingAgain(
            Connectors connectors,
            Runs runs,
            Watermarks watermarks,
            FailedWindows failed,
            AskedWindows asked,
            RunLeases leases,
            CamelContext camel,
            Clock clock) {
        return CollectingFixture.askingAgain(
                connectors, runs, watermarks, failed, asked, leases, camel.createProducerTemplate(), clock);
    }

    @Bean
    Announced announced() {
        return new Announced();
    }

    @Bean
    RequeueWishes requeueWishes(Channels channels, AskingAgain askingAgain) {
        return new RequeueWishes(channels, askingAgain);
    }

    @Bean
    Closing closing(Decisions decisions) {
        return new Closing(decisions, new ChannelPace(Clock.systemUTC()));
    }

    @Bean
    Holding holding(Holds holds) {
        return new Holding(holds);
    }

    @Bean
    RetentionPlan retentionPlan(Removals removals, DetailRemovals details, Holds holds, Pages pages, Clock clock) {
        return RetentionFixture.plan("wechat", removals, details, holds, pages, clock);
    }

    @Bean
    Replaying replaying(Runs runs, Replays replays, Removals removals, Connectors connectors) {
        return ReplayingFixture.replaying(runs, replays, removals, connectors);
    }

    @Bean
    Verifying verifying(
            Runs runs,
            RunReports reports,
            Connectors connectors,
            Evidence evidence,
            Verifications verifications,
            TaskLeases tasks,
            CamelContext camel,
            Clock clock) {
        camel.start();
        return new Verifying(
                runs,
                reports,
                connectors,
                evidence,
                verifications,
                tasks,
                new VerificationTurns(),
                camel.createProducerTemplate(),
                camel,
                clock);
    }

    @Bean
    VerifyingPeriods verifyingPeriods(Verifying verifying, PeriodVerifications periods) {
        return new VerifyingPeriods(verifying, periods);
    }

    @Bean
    MappingStore mappings(MappingVersions versions, Clock clock) throws IOException {
        MappingProperties properties =
                new MappingProperties("", Duration.ofHours(24), Duration.ofMinutes(15), 1000, Duration.ofSeconds(10));
        return new MappingStore(
                Files.createTempDirectory("api"),
                MappingRoute.of(""),
                new MappingRecords(versions, new MemoryArchive(), () -> "one"),
                properties,
                clock,
                new Unheard());
    }

    @Bean
    PartyIds partyIds() {
        return new PartyIds("GB");
    }

    @Bean
    MappingIds mappingIds(PartyIds ids) {
        return new MappingIds(ids);
    }

    @Bean
    Landings landings() throws Exception {
        return LandingContext.directory(Files.createTempDirectory("landing")).landings();
    }

    @Bean
    MappingSources mappingSources(MappingStore mappings) {
        return MappingFiles.sources(mappings);
    }

    @Bean
    StandingFindings standingFindings(
            Conditions conditions,
            Watermarks watermarks,
            ConnectorPauses pauses,
            KnownConnectors known,
            Connectors connectors,
            Clock clock) {
        return StandingFixture.of(
                conditions,
                watermarks,
                pauses,
                known,
                connectors,
                new MappingFiles(new MovableClock("2026-11-20T12:00:00Z")).sources(),
                clock);
    }

    /** Nothing hinders anything but what a test says. */
    static final class SaidHindrances implements Hindrances {
        final Map<String, String> said = new HashMap<>();

        @Override
        public Optional<String> of(String connector) {
            return Optional.ofNullable(said.get(connector));
        }
    }

    @Bean
    SaidHindrances hindrances() {
        return new SaidHindrances();
    }

    @Bean
    RouteStates routeStates(Clock clock) {
        return RoutingFixture.states(clock);
    }

    @Bean
    StoppedRoutes stoppedRoutes(Clock clock) {
        return RoutingFixture.stopped(clock);
    }

    @Bean
    RouteDifferences routeDifferences(ArchiverRoutes archivers, RouteStates states) {
        return RoutingFixture.differences(archivers, states);
    }

    @Bean
    RouteChecks routeChecks(ListableBeanFactory beans, Environment settings) {
        return RoutingFixture.checks(beans, settings, LANDING);
    }

    @Bean
    ConnectorEdits connectorEdits(
            ListableBeanFactory beans,
            Environment settings,
            RouteStates states,
            Connectors connectors,
            KnownConnectors known,
            Archivers archivers,
            AuditNotes audit) {
        return RoutingFixture.edits(beans, settings, LANDING, states, connectors, known, archivers, audit);
    }

    @Bean
    DataDirectory data() throws IOException {
        return new DataDirectory(Files.createTempDirectory("secrets"));
    }

    @Bean
    Secrets secrets(DataDirectory data) {
        return new Secrets(data);
    }

    @Bean
    FeedLogins feedLogins(DataDirectory data, Clock clock) {
        return CollectingFixture.logins(data, clock);
    }

    @Bean
    MockMvcTester mvc(WebApplicationContext context) {
        return MockMvcTester.from(context);
    }

    private static final class Unheard implements MappingEvents {
        @Override
        public void accepted(String connectorId, long version, int rows, String sha256) {}

        @Override
        public void passedOver(String connectorId, long version, long inForce) {}

        @Override
        public void rejected(String connectorId, Parsed.Rejected rejected, boolean inUse) {}
    }
}
