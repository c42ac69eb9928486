package org.chatarchiver.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.concurrent.atomic.AtomicInteger;
import org.chatarchiver.MovableClock;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.TaskLeases;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class SessionCleaningTest {
    @Test
    void ofSeveralArchiversWithOneLedgerOneCleansAndWhenItStopsAnotherOne() throws Exception {
        MovableClock clock = new MovableClock("2026-11-19T12:00:00Z");
        AtomicInteger cleaned = new AtomicInteger();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                AnnotationConfigApplicationContext other = LedgerBeans.on(postgres.getPostgresDatabase(), clock)) {
            SessionCleaning others = new SessionCleaning(other.getBean(TaskLeases.class), cleaned::incrementAndGet);
            try (AnnotationConfigApplicationContext one = LedgerBeans.on(postgres.getPostgresDatabase(), clock)) {
                SessionCleaning ones = new SessionCleaning(one.getBean(TaskLeases.class), () -> cleaned.addAndGet(100));
                ones.clean();
                others.clean();
                ones.clean();
                assertThat(cleaned).hasValue(200);
            }
            others.clean();
            assertThat(cleaned).hasValue(201);
        }
    }
}
