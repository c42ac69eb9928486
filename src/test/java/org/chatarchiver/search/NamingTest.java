package org.chatarchiver.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.regex.Pattern;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.SearchLists;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

@ExtendWith(OutputCaptureExtension.class)
class NamingTest {
    private static final String WARNING = "Pages cannot be entered for the search";

    private final LedgerOnH2 ledger = new LedgerOnH2();
    private final SearchLists names = ledger.bean(SearchLists.class);
    private final JdbcTemplate jdbc = ledger.bean(JdbcTemplate.class);
    private final Naming naming = new Naming(names, Duration.ofMillis(5));

    @AfterEach
    void stop() {
        naming.stop();
        ledger.close();
    }

    private void wanted(int page) {
        jdbc.update("insert into search_page (run, page) values ('r1', ?)", page);
    }

    private void untilNoneIsMissing() {
        await().until(() -> names.missing() == 0);
    }

    private static long warnings(CapturedOutput output) {
        return Pattern.compile(WARNING).matcher(output.getAll()).results().count();
    }

    @Test
    void whateverBecomesWantedIsEnteredSoonOnceTheArchiverRuns() {
        wanted(1);
        naming.start();
        naming.start();
        untilNoneIsMissing();
        wanted(2);
        untilNoneIsMissing();
    }

    @Test
    void aLedgerThatFailsIsToldOnceAndThatItFailsAnewAgain(CapturedOutput output) {
        Naming byHand = new Naming(names, Duration.ofDays(1));
        byHand.start();
        for (int outage = 1; outage <= 2; outage++) {
            wanted(outage);
            jdbc.execute("alter table search_page rename to away");
            byHand.enter();
            byHand.enter();
            assertThat(warnings(output)).isEqualTo(outage);
            jdbc.execute("alter table away rename to search_page");
            byHand.enter();
            assertThat(names.missing()).isZero();
        }
        byHand.stop();
    }

    @Test
    void nothingIsEnteredAfterTheStopWhichMayComeTwiceOrBeforeTheStart() {
        naming.stop();
        naming.start();
        naming.stop();
        naming.stop();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("search-lists") && thread.isAlive()));
    }
}
