package org.chatarchiver.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts captures by owner and day. A page leaves what it has brought in one row when it is done, and many pages at once are added to the
 * sums behind the archiving, so that no message touches a place of its own. A capture counts for the page that met it first.
 */
@Component
public class CaptureCounts {
    private static final int PAGES = 50;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    CaptureCounts(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What a page has brought of an owner on a day.
     *
     * @param owner as owners are compared, {@linkplain Revision#ownerKey(String) storable}; empty where unknown
     * @param shown as the source gave it
     */
    public record Brought(String owner, String shown, LocalDate day, long captures) {}

    /** Before a page is done: what it has brought. Nothing where it was counted before. */
    public void add(Page page, List<Brought> captures) {
        if (!captures.isEmpty()) {
            jdbc.update(
                    "insert into capture_count (run, page, days) select run, number, ? from page where run = ? and number = ? and not counted"
                            + " on conflict do nothing",
                    written(captures),
                    page.run(),
                    page.number());
        }
    }

    private record Waiting(String run, int page, String connector, List<Brought> captures) {}

    /**
     * Adds what some pages have brought to the sums.
     *
     * @return whether there may be more
     */
    public boolean fold() {
        List<Waiting> waiting = jdbc.query(
                """
                select c.run, c.page, r.connector, c.days from capture_count c
                join page p on p.run = c.run and p.number = c.page join run r on r.id = c.run
                where p.state <> 'LANDED' order by c.run, c.page limit ?""",
                (row, number) -> new Waiting(
                        row.getString("run"),
                        row.getInt("page"),
                        row.getString("connector"),
                        read(row.getBytes("days"))),
                PAGES);
        return !waiting.isEmpty()
                && Boolean.TRUE.equals(transaction.execute(status -> fold(waiting, status)))
                && waiting.size() == PAGES;
    }

    /** @return false, and nothing is added, where another archiver is at one of them */
    private boolean fold(List<Waiting> pages, TransactionStatus status) {
        List<Object[]> keys = pages.stream()
                .map(page -> new Object[] {page.run(), page.page()})
                .toList();
        for (int taken : jdbc.batchUpdate("delete from capture_count where run = ? and page = ?", keys)) {
            if (taken != 1) {
                status.setRollbackOnly();
                return false;
            }
        }
        jdbc.batchUpdate("update page set counted = true where run = ? and number = ?", keys);
        // In one order, so that two archivers never wait for each other.
        Map<String, CaptureDays.Day> days = new TreeMap<>();
        Map<String, CaptureDays.Owner> owners = new TreeMap<>();
        pages.forEach(page -> page.captures().forEach(one -> {
            CaptureDays.Day day =
                    new CaptureDays.Day(one.day(), page.connector(), one.owner(), one.shown(), one.captures());
            days.merge(day.day() + " " + day.connector() + " " + day.owner(), day, CaptureCounts::sum);
            CaptureDays.Owner owner = new CaptureDays.Owner(
                    page.connector(), one.owner(), one.shown(), one.day(), one.day(), one.captures());
            owners.merge(owner.connector() + " " + owner.owner(), owner, CaptureCounts::sum);
        }));
        days(days.values());
        owners(owners.values());
        return true;
    }

    private static CaptureDays.Day sum(CaptureDays.Day one, CaptureDays.Day more) {
        return new CaptureDays.Day(
                one.day(), one.connector(), one.owner(), one.shown(), one.captures() + more.captures());
    }

    private static CaptureDays.Owner sum(CaptureDays.Owner one, CaptureDays.Owner more) {
        return new CaptureDays.Owner(
                one.connector(),
                one.owner(),
                one.shown(),
                one.first().isBefore(more.first()) ? one.first() : more.first(),
                one.last().isAfter(more.last()) ? one.last() : more.last(),
                one.captures() + more.captures());
    }

    private void days(Collection<CaptureDays.Day> sums) {
        jdbc.batchUpdate(
                "insert into capture_day (sent, connector, owner, captures) values (?, ?, ?, 0) on conflict do nothing",
                sums.stream()
                        .map(one -> new Object[] {one.day(), one.connector(), one.owner()})
                        .toList());
        jdbc.batchUpdate(
                "update capture_day set captures = captures + ? where sent = ? and connector = ? and owner = ?",
                sums.stream()
                        .map(one -> new Object[] {one.captures(), one.day(), one.connector(), one.owner()})
                        .toList());
    }

    private void owners(Collection<CaptureDays.Owner> sums) {
        jdbc.batchUpdate(
                "insert into capture_owner (connector, owner, shown, first_day, last_day, captures) values (?, ?, ?, ?, ?, 0) on conflict do nothing",
                sums.stream()
                        .map(one -> new Object[] {one.connector(), one.owner(), one.shown(), one.first(), one.last()})
                        .toList());
        jdbc.batchUpdate(
                "update capture_owner set captures = captures + ?, first_day = least(first_day, ?), last_day = greatest(last_day, ?)"
                        + " where connector = ? and owner = ?",
                sums.stream()
                        .map(one ->
                                new Object[] {one.captures(), one.first(), one.last(), one.connector(), one.owner()})
                        .toList());
    }

    private static byte[] written(List<Brought> captures) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Brought one : captures) {
                out.writeUTF(one.owner());
                out.writeUTF(one.shown());
                out.writeInt((int) one.day().toEpochDay());
                out.writeLong(one.captures());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static List<Brought> read(byte[] bytes) {
        List<Brought> captures = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                captures.add(
                        new Brought(in.readUTF(), in.readUTF(), LocalDate.ofEpochDay(in.readInt()), in.readLong()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return captures;
    }
}
