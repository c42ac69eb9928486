package org.chatarchiver.ledger;

import javax.sql.DataSource;
import org.chatarchiver.MovableClock;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The ledger's beans, and nothing else of the archiver, on a database. */
public final class LedgerBeans {
    private LedgerBeans() {}

    public static AnnotationConfigApplicationContext on(DataSource database, MovableClock clock) {
        Flyway.configure().dataSource(database).load().migrate();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(MovableClock.class, () -> clock);
        context.register(Beans.class);
        context.refresh();
        return context;
    }

    /** Not a @Configuration: the sandbox, which scans the test classes too, must not find it. */
    @ComponentScan(basePackageClasses = Runs.class)
    static class Beans {
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
