package org.chatarchiver.routing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.chatarchiver.ledger.Runs;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The real ledger on a database of its own, with a clock to be moved. */
final class LedgerOnH2 implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    LedgerOnH2() {
        DataSource database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        Flyway.configure().dataSource(database).load().migrate();
        context.registerBean(DataSource.class, () -> database);
        context.register(Beans.class);
        context.refresh();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    MovableClock clock() {
        return bean(MovableClock.class);
    }

    static Connector connector(String id) {
        return new Connector(id, id + " Archiver", "WECHAT", id + " Archiver", "0 15 2 * * ?", "ops", "", true);
    }

    /** Puts these connectors, and no others, in force. */
    Connectors connectors(String... ids) {
        Connectors connectors = new Connectors();
        CollectingFixture.put(
                connectors,
                List.of(),
                Arrays.stream(ids).map(LedgerOnH2::connector).toArray(Connector[]::new));
        return connectors;
    }

    @Override
    public void close() {
        context.close();
    }

    static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-11-19T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Only UTC");
        }
    }

    /** Not a @Configuration: the sandbox, which scans the test classes too, must not find it. */
    @EnableTransactionManagement
    @ComponentScan(basePackageClasses = Runs.class)
    static class Beans {
        @Bean
        MovableClock clock() {
            return new MovableClock();
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource database) {
            return new JdbcTemplate(database);
        }

        @Bean
        JdbcClient jdbcClient(JdbcTemplate jdbc) {
            return JdbcClient.create(jdbc);
        }

        @Bean
        PlatformTransactionManager transactions(DataSource database) {
            return new JdbcTransactionManager(database);
        }
    }
}
