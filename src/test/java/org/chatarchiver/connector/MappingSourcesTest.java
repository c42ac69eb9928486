package org.chatarchiver.connector;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import org.chatarchiver.MovableClock;
import org.chatarchiver.archive.PageWaits;
import org.chatarchiver.archive.PageWaitsException;
import org.chatarchiver.mapping.MappingEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whether a mapping file can be used is seen: once in the log for each change, and at any time in a gauge and in a sentence for health and alerts. */
class MappingSourcesTest {
    private static final String GOOD = MappingFiles.HEADER + "447700900103,a@b.example\n";
    private static final String BAD = MappingFiles.HEADER + "447700900103.0,a@b.example\n4.477E+11,a@b.example\n";

    private final MappingFiles files = new MappingFiles(new MovableClock("2026-11-20T12:00:00Z"));
    private final MappingSources sources = files.sources();
    private final Connector connector = files.with(
            new Connector("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", "0 15 2 * * ?", "ops", "", false));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        loggers().forEach(logger -> {
            logger.addAppender(log);
            logger.setLevel(Level.INFO);
        });
    }

    @AfterEach
    void stopListening() {
        loggers().forEach(logger -> {
            logger.detachAppender(log);
            logger.setLevel(null);
        });
    }

    @Test
    void aFileThatCannotBeUsedIsSeenUntilItIsMended() throws IOException {
        files.write("wechat", BAD);
        sources.register(connector);
        assertThat(gauge()).isEqualTo(1);
        assertThat(sources.problem(connector))
                .contains("The mapping file of 'wechat' is refused, and its pages wait until it is mended:"
                        + " Line 2: The External User ID '447700900103.0' has decimal places: a spreadsheet took it for an amount;"
                        + " format the column as text. (and 1 more)");

        files.write("wechat", GOOD);
        sources.refresh();
        assertThat(gauge()).isZero();
        assertThat(sources.problem(connector)).isEmpty();

        files.write("wechat", BAD);
        sources.refresh();
        assertThat(gauge()).isEqualTo(1);
        assertThat(sources.problem(connector).orElseThrow())
                .startsWith("The mapping file of 'wechat' is refused, the one in use stays: Line 2:");
    }

    @Test
    void aMissingFileIsSeen() {
        sources.register(connector);
        assertThat(gauge()).isEqualTo(1);
        assertThat(sources.problem(connector).orElseThrow())
                .startsWith("The mapping file of 'wechat' is not there, and its pages wait until it is put there:"
                        + " There is no file '/")
                .endsWith(".csv'.")
                .doesNotContain("refused");
    }

    @Test
    void aConnectorThatIsTakenInAgainKeepsItsGaugeWithoutAComplaint() throws IOException {
        Logger meters = (Logger) LoggerFactory.getLogger(MeterRegistry.class.getPackageName());
        Level before = meters.getLevel();
        meters.setLevel(Level.DEBUG);
        meters.addAppender(log);
        try {
            files.write("wechat", GOOD);
            sources.register(connector);
            sources.register(connector);
            assertThat(lines()).noneMatch(line -> line.contains("already"));
            assertThat(gauge()).isZero();
            files.write("wechat", BAD);
            sources.refresh();
            assertThat(gauge()).isEqualTo(1);
            sources.remove(connector);
            assertThat(files.metrics.find("archiver.mapping.refused").gauges()).isEmpty();
        } finally {
            meters.detachAppender(log);
            meters.setLevel(before);
        }
    }

    @Test
    void eachChangeIsOneLineHoweverOftenItIsLookedAt() throws IOException {
        files.write("wechat", BAD);
        sources.register(connector);
        for (int minute = 0; minute < 10; minute++) {
            sources.refresh();
            tellWaitingPage();
        }
        assertThat(lines()).singleElement().asString().contains("its pages wait until it is mended: Line 2:");
        files.write("wechat", GOOD);
        sources.refresh();
        sources.refresh();
        assertThat(lines()).hasSize(2).last().asString().contains("wechat uses a mapping of 1 rows");
    }

    @Test
    void whatBecomesUsableIsToldOnce() throws IOException {
        sources.register(connector);
        assertThat(sources.usableNow()).isFalse();

        files.write("wechat", GOOD);
        sources.refresh();
        assertThat(sources.usableNow()).isTrue();
        assertThat(sources.usableNow()).isFalse();

        files.write("wechat", BAD);
        sources.refresh();
        assertThat(sources.usableNow()).as("the one before stays in use").isFalse();
    }

    @Test
    void whatWasUsableFromTheStartOnIsNotTold() throws IOException {
        files.write("wechat", GOOD);
        sources.register(connector);

        assertThat(sources.usableNow()).isFalse();
    }

    @Test
    void aPageThatWaitsForAnotherReasonIsToldEachTime() {
        new PageWaits().tell(new PageWaitsException("another page has just recorded a message of page r1/1"));
        assertThat(lines()).singleElement().asString().contains("r1/1");
    }

    private static void tellWaitingPage() {
        new PageWaits().tell(PageWaitsException.told("The mapping file cannot be used."));
    }

    private double gauge() {
        return files.metrics
                .get("archiver.mapping.refused")
                .tag("connector", "wechat")
                .gauge()
                .value();
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static List<Logger> loggers() {
        return List.of((Logger) LoggerFactory.getLogger(MappingEvents.logged().getClass()), (Logger)
                LoggerFactory.getLogger(PageWaits.class));
    }
}
