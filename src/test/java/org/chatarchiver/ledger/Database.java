package org.chatarchiver.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The databases that a ledger can be on. */
enum Database {
    H2 {
        /** The embedded default: a file, every commit durable. */
        @Override
        DataSource shared() {
            try {
                return h2("file:" + Files.createTempDirectory("ledger") + "/ledger;WRITE_DELAY=0");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        DataSource empty() {
            return h2("mem:" + UUID.randomUUID());
        }

        private DataSource h2(String where) {
            return new DriverManagerDataSource("jdbc:h2:" + where
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
        }
    },

    POSTGRESQL {
        private final AtomicInteger databases = new AtomicInteger();
        private EmbeddedPostgres server;

        @Override
        DataSource shared() {
            HikariDataSource pool = new HikariDataSource();
            pool.setDataSource(server().getPostgresDatabase());
            // Not as what it is: the beans configure a pool, and this one has begun by then.
            return new DelegatingDataSource(pool);
        }

        @Override
        DataSource empty() {
            String name = "ledger" + databases.incrementAndGet();
            new JdbcTemplate(server().getPostgresDatabase()).execute("create database " + name);
            return server().getDatabase("postgres", name);
        }

        private synchronized EmbeddedPostgres server() {
            try {
                if (server == null) {
                    server = EmbeddedPostgres.start();
                }
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** For a ledger that one test after the other uses. */
    abstract DataSource shared();

    /** Another one at each call, without a table. */
    abstract DataSource empty();
}
