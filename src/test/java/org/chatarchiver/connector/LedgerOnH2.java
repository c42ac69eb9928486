package org.chatarchiver.connector;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.chatarchiver.MovableClock;
import org.chatarchiver.collect.CollectingFixture;
import org.chatarchiver.ledger.LedgerBeans;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The real ledger on a database of its own, with a clock to be moved. */
public final class LedgerOnH2 implements AutoCloseable {
    private final MovableClock clock;
    private final AnnotationConfigApplicationContext context;

    public LedgerOnH2() {
        this(new MovableClock("2026-11-19T12:00:00Z"));
    }

    public LedgerOnH2(MovableClock clock) {
        this.clock = clock;
        this.context = LedgerBeans.on(
                new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"),
                clock);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public MovableClock clock() {
        return clock;
    }

    public static Connector connector(String id) {
        return new Connector(id, id + " Archiver", "WECHAT", id + " Archiver", "0 15 2 * * ?", "ops", "", true);
    }

    /** Puts these connectors, and no others, in force. */
    public Connectors connectors(String... ids) {
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
}
