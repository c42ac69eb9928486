package org.chatarchiver.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chatarchiver.MovableClock;
import org.chatarchiver.SuppressForbidden;
import org.chatarchiver.ledger.CaptureDays;
import org.chatarchiver.ledger.LedgerBeans;
import org.chatarchiver.ledger.MetRows;
import org.chatarchiver.ledger.UnmappedPeople;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * What it takes the ledger to tell who is archived and who is not, on H2. No list reads items or messages: what counts is how many owners
 * have written on how many days ({@code bench.owners}, 10,000, and {@code bench.days}, 365), and how many entries are open in the channel
 * {@code unmapped} ({@code bench.entries}, 100,000).
 */
public final class CoverageBenchmark {
    private static final int OWNERS = Integer.getInteger("bench.owners", 10_000);
    private static final int DAYS = Integer.getInteger("bench.days", 365);
    private static final int ENTRIES = Integer.getInteger("bench.entries", 100_000);
    private static final int PART = 1_001;
    private static final int ROUNDS = 7;
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate END = LocalDate.of(9999, 1, 1);

    private CoverageBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("benchmark");
        SingleConnectionDataSource database = new SingleConnectionDataSource(
                "jdbc:h2:file:" + folder.resolve("ledger")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "sa",
                "",
                true);
        try {
            ApplicationContext ledger = LedgerBeans.on(database, new MovableClock("2026-11-20T10:00:00Z"));
            fill(ledger.getBean(JdbcTemplate.class));
            measure(
                    ledger.getBean(CaptureDays.class),
                    ledger.getBean(UnmappedPeople.class),
                    ledger.getBean(MetRows.class));
        } finally {
            database.destroy();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void fill(JdbcTemplate jdbc) {
        String owner = "'+4477' || (10000000 + x)";
        for (int day = 0; day < DAYS; day++) {
            jdbc.update(
                    "insert into capture_day (sent, connector, owner, captures) select cast(? as date), 'wechat', "
                            + owner + ", 3 from system_range(1, ?) serial (x)",
                    FIRST.plusDays(day),
                    OWNERS);
        }
        jdbc.update(
                "insert into capture_owner (connector, owner, shown, first_day, last_day, captures) select 'wechat', "
                        + owner
                        + ", " + owner
                        + ", cast(? as date), dateadd(day, -mod(x, 100), cast(? as date)), 1000 from system_range(1, ?) serial (x)",
                FIRST,
                FIRST.plusDays(DAYS - 1L),
                OWNERS);
        jdbc.update(
                "insert into mapping_met (connector, mark) select 'wechat', x from system_range(1, ?) serial (x)",
                OWNERS);
        jdbc.update("""
                insert into channel_entry (subject, channel, connector, run, page, position, source_id, owner, message, target, reason, detail, path, opened)
                select 'item ' || x, 'UNMAPPED', 'wechat', 'r', 1, x, 'm' || x, '+44770' || mod(x, 5000), random_uuid(), '!+44770' || mod(x, 5000),
                'NO_MAPPING', 'No rule names a mailbox.', 'path', current_timestamp from system_range(1, ?) serial (x)""", ENTRIES);
    }

    private static void measure(CaptureDays captures, UnmappedPeople people, MetRows rows) {
        say("%d owners on %d days, %d open entries, parts of 1,000", OWNERS, DAYS, ENTRIES);
        time("grouping the entries by person", () -> people.regroup(id -> id));
        List<CaptureDays.Day> days = captures.days(FIRST, END, "", null, "", PART);
        time("captures, the first part", () -> captures.days(FIRST, END, "", null, "", PART));
        String middle = new CaptureDays.Day(
                        FIRST.plusDays(DAYS / 2),
                        "wechat",
                        days.get(days.size() - 1).owner(),
                        "",
                        1)
                .place();
        time("captures, in the middle", () -> captures.days(FIRST, END, "wechat", null, middle, PART));
        time(
                "captures of an owner",
                () -> captures.days(FIRST, END, "", days.get(0).owner(), "", PART));
        time("who fell silent", () -> captures.silent("wechat", 7, "", PART));
        time("who maps to nothing", () -> people.list("wechat", "", PART));
        List<Set<String>> file = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int from = i * 1_000;
            file.add(IntStream.range(from, from + 1_000)
                    .mapToObj(row -> "+4477" + row)
                    .collect(Collectors.toSet()));
        }
        time("10,000 rows of a mapping file", () -> file.forEach(part -> rows.unmet("wechat", part)));
    }

    private static void time(String what, Runnable asked) {
        double[] took = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            asked.run();
            took[i] = (System.nanoTime() - begun) / 1e6;
        }
        double first = took[0];
        Arrays.sort(took);
        say("%s: %.0f ms the first time, %.0f in the median", what, first, took[ROUNDS / 2]);
    }

    @SuppressForbidden("the figures are what this program is for")
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
