package org.chatarchiver.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.chatarchiver.MovableClock;
import org.chatarchiver.audit.AuditNotes;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.jdbc.DatabaseDriver;
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
        migrations(database).load().migrate();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(MovableClock.class, () -> clock);
        context.register(Beans.class);
        context.refresh();
        return context;
    }

    /** Those of this database, as the archiver has them. */
    public static FluentConfiguration migrations(DataSource database) {
        try (Connection connection = database.getConnection()) {
            String vendor = DatabaseDriver.fromProductName(
                            connection.getMetaData().getDatabaseProductName())
                    .getId();
            return Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/migration", "classpath:db/" + vendor);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not a @Configuration: the sandbox, which scans the test classes too, must not find it. */
    @ComponentScan(basePackageClasses = {Runs.class, AuditNotes.class})
    static class Beans {
        @Bean
        JdbcTemplate jdbcTemplate(DataSource database) {
            return new JdbcTemplate(database);
        }

        @Bean
        LeaseProperties lease() {
            return new LeaseProperties(Duration.ofMinutes(2));
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
