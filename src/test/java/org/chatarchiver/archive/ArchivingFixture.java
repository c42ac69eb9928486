package org.chatarchiver.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.archive.PageWorkFixture.WECHAT;
import static org.chatarchiver.archive.PageWorkFixture.element;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.connector.MappingFiles;
import org.chatarchiver.connector.MappingSources;
import org.chatarchiver.delivery.DeliverySettings;
import org.chatarchiver.delivery.DestinationOutages;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.landing.Judged;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.LandingContext;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Adoptions;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.MetRows;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.PageLeases;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.recovery.Recovery;
import org.chatarchiver.recovery.RecoveryFixture;
import org.chatarchiver.telemessage.ChunkProperties;
import org.chatarchiver.telemessage.PageScan;
import org.chatarchiver.telemessage.PageSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** A page of three messages that has landed, in a real ledger and a real landing zone, and who archives it two messages at a time. */
abstract class ArchivingFixture {
    static final String ANN = "+447700900123";

    @TempDir
    Path data;

    final LedgerOnH2 ledger = new LedgerOnH2();
    final Pages pages = ledger.bean(Pages.class);
    final Connectors connectors = new Connectors();
    final DefaultCamelContext camel = new DefaultCamelContext();
    final MappingFiles files = new MappingFiles(ledger.clock());
    final MappingSources mappings = files.sources();
    final Outages outages = DestinationOutages.of("", new Alarms(), new SimpleMeterRegistry(), ledger.clock());
    final NextTries nextTries = new NextTries(pages, connectors, outages, ledger.clock());
    LandingContext landing;
    Archiving archiving;
    Page page;

    @BeforeEach
    void aPageHasLanded() throws Exception {
        landing = LandingContext.directory(data);
        connectors.replace(Map.of("wechat", WECHAT), List.of());
        archiving = archiving(RecoveryFixture.whole(landing, ledger.bean(Adoptions.class)));
        page = landed(element("m1", ANN, "1"), element("m2", ANN, "2"), element("m3", ANN, "3"));
    }

    @AfterEach
    void close() throws IOException {
        landing.close();
        camel.close();
        ledger.close();
    }

    PageWork open(Exchange exchange) {
        return archiving.open(page.reference(), exchange);
    }

    void brokenOff(Exception error) {
        Exchange exchange = exchange();
        assertThat(open(exchange)).isNotNull();
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, error);
        end(exchange);
    }

    Exchange exchange() {
        return new DefaultExchange(camel);
    }

    static void end(Exchange exchange) {
        exchange.getExchangeExtension().handoverCompletions().forEach(completion -> completion.onComplete(exchange));
    }

    void anotherArchiverTakesIt() {
        ledger.bean(JdbcTemplate.class)
                .update("update page set worker = 'other', worker_until = current_timestamp + interval '1' minute");
    }

    Run.State state() {
        return ledger.bean(Runs.class).find(page.run()).orElseThrow().state();
    }

    Page landed(String... elements) throws IOException {
        Instant now = ledger.clock().instant();
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.MANUAL, false, now.minus(Duration.ofDays(1)), now)
                .orElseThrow();
        String path = LandingPath.of("wechat", run.started(), run.id()).page(1);
        Judged<PageSummary> judged = landing.staging()
                .judge(
                        path,
                        new ByteArrayInputStream(PageWorkFixture.json(elements).getBytes(UTF_8)),
                        PageScan::scan);
        Landed landed = landing.landings().land(((Judged.Whole<PageSummary>) judged).staged());
        Page made = new Page(run.id(), 1, landed.path(), landed.sha256(), landed.size(), elements.length, now);
        pages.landed(made);
        ledger.bean(Runs.class).landed(run.id(), null);
        return made;
    }

    Archiving archiving(Recovery recovery) {
        return new Archiving(
                pages,
                ledger.bean(Runs.class),
                ledger.bean(RunReports.class),
                new DonePages(pages, ledger.bean(DryCounts.class), ledger.bean(MetRows.class)),
                connectors,
                landing.landings(),
                PageWorkFixture.reader(data.resolve("spools")),
                recovery,
                new InDoubt(pages, DeliverySettings.shipped(), ledger.clock()),
                ledger.bean(PageLeases.class),
                nextTries,
                mappings,
                new PageTurns(connectors),
                new ChunkProperties(2, DataSize.ofMegabytes(4)));
    }
}
