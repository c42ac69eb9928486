package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded ledger grows by what was written, also where that has replaced what was there. */
class CleanStopTest {
    private static final int MESSAGES = 300;

    @TempDir
    private Path folder;

    @Test
    void theLedgerIsCompactedAndHasWhatItHad() throws Exception {
        try (SmallDay day = new SmallDay(folder)) {
            for (int i = 0; i < MESSAGES; i++) {
                day.message("WECHAT", "m" + i, "Text");
            }
            Path ledger = day.home.data().resolve("ledger/ledger.mv.db");
            String run;
            long before;
            try (RunningArchiver archiver = day.settings().start()) {
                RunReport report = day.run(archiver, "wechat");
                assertThat(report.imported()).isEqualTo(MESSAGES);
                run = report.run().id();
                before = Files.size(ledger);
            }

            assertThat(Files.getPosixFilePermissions(ledger)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            long after = Files.size(ledger);
            assertThat(after).isLessThan(before / 2);
            compact(ledger);
            assertThat(after).as("nothing was left to give back").isLessThan(Files.size(ledger) * 3 / 2);
            try (RunningArchiver archiver = day.settings().start()) {
                assertThat(archiver.report(run).imported()).isEqualTo(MESSAGES);
                assertThat(day.run(archiver, "wechat").skipped()).isEqualTo(MESSAGES);
            }
        }
    }

    private static void compact(Path ledger) throws SQLException {
        String url =
                "jdbc:h2:file:" + ledger.toString().replace(".mv.db", "") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
    }
}
