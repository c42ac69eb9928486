package org.chatarchiver.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/**
 * Has the embedded ledger written anew, without its gaps, at a clean stop: H2 gives back little of what was replaced while it is open. The
 * pool is the last to go, so that nobody needs the database by then. H2 writes a second file and then takes its name: a kill meanwhile
 * leaves the first.
 */
final class Compaction implements DestructionAwareBeanPostProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final String EMBEDDED = "jdbc:h2:file:";
    private static final String SUFFIX = ".mv.db";

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof HikariDataSource;
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && pool.isRunning()
                && String.valueOf(pool.getJdbcUrl()).startsWith(EMBEDDED)) {
            // A connection of the pool would complain of the database that is closed below it.
            pool.close();
            compact(pool);
        }
    }

    private static void compact(HikariDataSource pool) {
        try (Connection connection =
                        DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
                Statement statement = connection.createStatement()) {
            Path file = file(statement);
            Set<PosixFilePermission> permissions = permissions(file);
            statement.execute("shutdown compact");
            if (!permissions.isEmpty()) {
                // The file that H2 has written in its place is open to whom the umask lets in.
                Files.setPosixFilePermissions(file, permissions);
            }
        } catch (SQLException e) {
            LOG.warn("The ledger stays as large as it is, it cannot be compacted: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn(
                    "The permissions of the compacted ledger cannot be restored, set them to 0600: {}",
                    e.getClass().getSimpleName());
        }
    }

    private static Path file(Statement statement) throws SQLException {
        try (ResultSet path = statement.executeQuery("select database_path()")) {
            path.next();
            return Path.of(path.getString(1) + SUFFIX);
        }
    }

    /** Empty where the file system knows none. */
    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view == null ? Set.of() : view.readAttributes().permissions();
    }
}
