package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chatarchiver.MovableClock;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.QueuedPages;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PageQueueTest {
    @Test
    void aPageThatLeavesTheQueueInAnOutageOfTheLedgerCanBeQueuedWithTheNextSweepBehindIt() {
        MovableClock clock = new MovableClock("2026-11-20T10:00:00Z");
        AtomicBoolean out = new AtomicBoolean();
        DelegatingDataSource database =
                new DelegatingDataSource(
                        new DriverManagerDataSource(
                                "jdbc:h2:mem:page-queue;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1")) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        if (out.get()) {
                            throw new SQLTransientConnectionException("The database restarts");
                        }
                        return super.getConnection();
                    }
                };
        try (AnnotationConfigApplicationContext ledger = LedgerBeans.on(database, clock)) {
            Run run = ledger.getBean(Runs.class)
                    .open(
                            "wechat",
                            Run.Cause.SCHEDULE,
                            false,
                            clock.instant().minus(Duration.ofDays(1)),
                            clock.instant())
                    .orElseThrow();
            Page page = new Page(run.id(), 1, "wechat/1.json.gz", "a".repeat(64), 10, 1, clock.instant());
            ledger.getBean(Pages.class).landed(page);
            PageQueue queue = new PageQueue(ledger.getBean(QueuedPages.class), ArchiveSettings.limits(1, 1, 1), clock);
            assertThat(queue.claim(page.reference())).isTrue();
            out.set(true);
            assertThatThrownBy(() -> queue.refused(page.reference(), new IllegalStateException("Queue full")))
                    .isInstanceOf(DataAccessException.class);
            out.set(false);
            assertThat(queue.claim(page.reference())).isFalse();

            queue.releaseOwed();

            assertThat(queue.claim(page.reference())).isTrue();
        }
    }
}
