package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** An archiver of this version, started on the ledger that the first version left behind. */
class UpgradeTest {
    private static final List<String> TABLES =
            List.of("connector", "run", "page", "message", "item", "met_again", "channel_entry", "alert");

    @TempDir
    private Path folder;

    private SmallDay day;

    @BeforeEach
    void open() throws IOException {
        day = new SmallDay(folder);
    }

    @AfterEach
    void close() throws IOException {
        day.close();
    }

    @Test
    void whatTheFirstVersionDeliveredIsNotDeliveredAgainAndItsReportsStay() throws IOException {
        day.message("WECHAT", "one", "One");
        day.message("WECHAT", "two", "Two");
        byte[] unmapped = TestBed.bytes(
                TestBed.text("three", "Three").put("msisdn", "+447700900199").put("from", "+447700900199"));
        day.feed.add("WECHAT", Instant.now().minusSeconds(600), unmapped);
        RunReport before;
        try (RunningArchiver archiver = day.settings().start()) {
            before = day.run(archiver, "wechat");
            assertThat(before.imported()).isEqualTo(2);
        }
        leaveWhatTheFirstVersionKnew();

        try (RunningArchiver archiver = day.settings().start()) {
            assertThat(archiver.report(before.run().id()))
                    .usingRecursiveComparison()
                    .isEqualTo(before);

            RunReport again = day.run(archiver, "wechat");

            assertThat(again.run().state()).isEqualTo(Run.State.COMPLETE);
            assertThat(again.skipped()).isEqualTo(2);
            assertThat(again.imported()).isZero();
            assertThat(again.failedByReason()).isEqualTo(before.failedByReason());
            assertThat(again.arrived()).isEqualTo(before.arrived());
            assertThat(archiver.bean(Channels.class).list(Channel.UNMAPPED, 10, 0))
                    .hasSize(1);
        }
        assertThat(day.mail.count(SmallDay.MAILBOX, "WeChat Archiver")).isEqualTo(2);
    }

    /** Its tables, with those of their columns that it had. */
    private void leaveWhatTheFirstVersionKnew() throws IOException {
        Path ledger = day.home.data().resolve("ledger");
        Path old = folder.resolve("old");
        DataSource first = database(old);
        LedgerBeans.migrations(first).target("1").load().migrate();
        JdbcTemplate from = new JdbcTemplate(database(ledger));
        JdbcTemplate to = new JdbcTemplate(first);
        for (String table : TABLES) {
            List<String> columns = to.queryForList(
                    "select column_name from information_schema.columns where table_name = ? order by ordinal_position",
                    String.class,
                    table);
            String names = String.join(", ", columns);
            String values = String.join(", ", Collections.nCopies(columns.size(), "?"));
            List<Map<String, Object>> rows = from.queryForList("select " + names + " from " + table);
            to.batchUpdate(
                    "insert into " + table + " (" + names + ") values (" + values + ")",
                    rows.stream().map(row -> row.values().toArray()).toList());
        }
        to.execute("alter table channel_entry alter column id restart with 1000");
        FileSystemUtils.deleteRecursively(ledger);
        FileSystemUtils.copyRecursively(old, ledger);
    }

    private static DataSource database(Path directory) {
        return new DriverManagerDataSource(
                "jdbc:h2:file:" + directory.resolve("ledger")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "sa",
                "");
    }
}
