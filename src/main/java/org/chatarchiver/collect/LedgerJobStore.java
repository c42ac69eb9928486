package org.chatarchiver.collect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.quartz.JobPersistenceException;
import org.quartz.SchedulerException;
import org.quartz.impl.jdbcjobstore.InvalidConfigurationException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.SchedulerStateRecord;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz's triggers in a ledger in PostgreSQL, by the ledger's own connections, for all archivers that work with it. Public since Quartz names it by reflection. */
public final class LedgerJobStore extends JobStoreTX {
    /** Of all of them, in Quartz's tables; the scheduler's own name is another for each, since Quartz has one of a name in a JVM. */
    static final String CLUSTER = "chat-archiver";

    private static final Duration CHECK_IN = Duration.ofSeconds(15);
    /** Of an archiver that was stopped in the middle of Quartz's transaction, whose row locks all others wait for. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(10);

    /** What one whose clock is behind has written looks older than it is. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT = LONGEST_HOLD.multipliedBy(3);

    /** @param worker of this process */
    LedgerJobStore(DataSource ledger, String worker) throws SchedulerException {
        DBConnectionManager.getInstance().addConnectionProvider(worker, new LedgerConnections(ledger));
        setDataSource(worker);
        try {
            setDriverDelegateClass(PostgreSQLDelegate.class.getName());
        } catch (InvalidConfigurationException e) {
            throw new SchedulerException(e);
        }
        // Texts, and nothing that would be deserialized.
        setUseProperties("true");
        setIsClustered(true);
        setClusterCheckinInterval(CHECK_IN.toMillis());
        setMakeThreadsDaemons(true);
    }

    @Override
    public void setInstanceName(String scheduler) {
        super.setInstanceName(CLUSTER);
    }

    @Override
    protected long calcFailedIfAfter(SchedulerStateRecord archiver) {
        return super.calcFailedIfAfter(archiver) + CLOCKS_APART.toMillis();
    }

    @Override
    protected Connection getConnection() throws JobPersistenceException {
        Connection connection = super.getConnection();
        try (Statement limits = connection.createStatement()) {
            limits.execute("set local idle_in_transaction_session_timeout = " + LONGEST_HOLD.toMillis()
                    + "; set local lock_timeout = " + LONGEST_WAIT.toMillis());
            return connection;
        } catch (SQLException e) {
            rollbackConnection(connection);
            closeConnection(connection);
            throw new JobPersistenceException("The ledger takes no limits for Quartz's transactions", e);
        }
    }

    /** The pool has closed one that the database has dropped, and there is nothing to take back: Quartz would log a trace of it. */
    @Override
    protected void rollbackConnection(Connection connection) {
        try {
            if (connection != null && !connection.isClosed()) {
                super.rollbackConnection(connection);
            }
        } catch (SQLException e) {
            getLog().warn("Whether a connection to the ledger is closed cannot be seen", e);
        }
    }

    /** The pool is the ledger's: nothing is opened or closed with the scheduler. */
    private record LedgerConnections(DataSource ledger) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return ledger.getConnection();
        }

        @Override
        public void initialize() {}

        @Override
        public void shutdown() {}
    }
}
