package org.chatarchiver.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Slots of mailboxes: how many connections to a mailbox, or requests for it, all archivers with one ledger have. A slot ends when it is
 * given back, or with its archiver's lease. PostgreSQL only; an embedded ledger has one archiver, which needs none.
 */
@Component
public class MailboxSlots {
    private static final int LONGEST_MAILBOX = 400;

    /** A free one at random, so that two archivers that ask at the same time mostly get two. */
    private static final String TAKE = """
            with throttled as (
                select extract(epoch from throttled_until - current_timestamp) * 1000 as millis
                from mailbox_notice where mailbox = :mailbox and throttled_until > current_timestamp),
            free as (
                select number from generate_series(0, :most - 1) as slots (number)
                where not exists (select 1 from throttled) and not exists (
                    select 1 from mailbox_slot where mailbox = :mailbox and slot = number and lease_until > current_timestamp)),
            taken as (
                insert into mailbox_slot (mailbox, slot, worker, lease_until)
                select :mailbox, number, :worker, current_timestamp + :lease * interval '1 second'
                from (select number from free order by random() limit 1) as one
                on conflict (mailbox, slot) do update set worker = excluded.worker, lease_until = excluded.lease_until
                where mailbox_slot.lease_until <= current_timestamp
                returning slot),
            wanted as (
                insert into mailbox_notice as notice (mailbox, wanted_until, starved_until)
                select :mailbox, current_timestamp + :wanted * interval '1 second', case when not exists (
                    select 1 from mailbox_slot where mailbox = :mailbox and worker = :worker and lease_until > current_timestamp)
                    then current_timestamp + :wanted * interval '1 second' end
                where not exists (select 1 from free) and not exists (select 1 from throttled)
                on conflict (mailbox) do update set wanted_until = excluded.wanted_until,
                    starved_until = coalesce(excluded.starved_until, notice.starved_until))
            select coalesce((select slot from taken), -1) as slot, exists (select 1 from free) as free,
                coalesce((select millis from throttled), 0)::bigint as throttled""";

    private final JdbcClient jdbc;
    private final String worker;
    private final LeaseProperties lease;
    private final boolean shared;

    MailboxSlots(JdbcClient jdbc, DataSource database, Archivers archivers, LeaseProperties lease) {
        this.jdbc = jdbc;
        this.worker = archivers.worker();
        this.lease = lease;
        this.shared = isPostgres(database);
    }

    private static boolean isPostgres(DataSource database) {
        try {
            return JdbcUtils.extractDatabaseMetaData(database, metadata -> metadata.getDatabaseProductName())
                    .equals("PostgreSQL");
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("The ledger's database does not say what it is", e);
        }
    }

    /** One of the slots of a mailbox, from 0. */
    public record Slot(String mailbox, int number) {}

    /**
     * What came of asking for a slot.
     *
     * @param slot its number; -1 for none
     * @param free whether there was a free one, which somebody else has got at the same time where there is no slot
     * @param throttled how long the mailbox's server still wants to be left alone; zero where it does not
     */
    public record Taken(int slot, boolean free, Duration throttled) {}

    /**
     * What archivers tell of a mailbox.
     *
     * @param throttled how long its server still wants to be left alone; zero where it does not
     * @param wanted whether somebody waits for one of its slots
     * @param starved whether somebody does who has none of them
     */
    public record Notice(String mailbox, Duration throttled, boolean wanted, boolean starved) {}

    /** Whether other archivers may share the ledger, so that slots are needed. */
    public boolean isShared() {
        return shared;
    }

    /** How long after a slot was asked for, or renewed, its archiver may rely on it. */
    public Duration reliable() {
        return lease.reliable();
    }

    /** How often slots are to be renewed. */
    public Duration renewal() {
        return lease.renewal();
    }

    /**
     * Takes a slot for this archiver, in one statement; where none is free, those who have them are told that one is wanted.
     *
     * @param most of the mailbox, over all archivers
     * @param wanted how long that holds
     */
    public Taken take(String mailbox, int most, Duration wanted) {
        return jdbc.sql(TAKE)
                .param("mailbox", key(mailbox))
                .param("most", most)
                .param("worker", worker)
                .param("lease", lease.duration().toSeconds())
                .param("wanted", wanted.toSeconds())
                .query((row, number) -> new Taken(
                        row.getInt("slot"), row.getBoolean("free"), Duration.ofMillis(row.getLong("throttled"))))
                .single();
    }

    /**
     * Renews those that this archiver has, and gives those that it has still; one that is not asked for ends with its lease. Slots and
     * notices that are long over go.
     */
    public List<Slot> renew(List<Slot> held) {
        jdbc.sql("delete from mailbox_notice where coalesce(throttled_until, wanted_until) < current_timestamp"
                        + " and coalesce(wanted_until, throttled_until) < current_timestamp")
                .update();
        jdbc.sql("delete from mailbox_slot where lease_until < current_timestamp - interval '1 hour'")
                .update();
        return jdbc
                .sql("update mailbox_slot set lease_until = current_timestamp + ? * interval '1 second'"
                        + " from unnest(cast(? as varchar[]), cast(? as integer[])) with ordinality as held (of_mailbox, number, place)"
                        + " where mailbox = of_mailbox and slot = number and worker = ? returning place")
                .params(lease.duration().toSeconds(), mailboxes(held), numbers(held), worker)
                .query(Integer.class)
                .list()
                .stream()
                .map(place -> held.get(place - 1))
                .toList();
    }

    /** Gives slots back; nothing for those that another archiver has by now. */
    public void release(List<Slot> slots) {
        jdbc.sql(
                        "delete from mailbox_slot using unnest(cast(? as varchar[]), cast(? as integer[])) as gone (of_mailbox, number)"
                                + " where mailbox = of_mailbox and slot = number and worker = ?")
                .params(mailboxes(slots), numbers(slots), worker)
                .update();
    }

    private static String[] mailboxes(List<Slot> slots) {
        return slots.stream().map(slot -> key(slot.mailbox())).toArray(String[]::new);
    }

    private static Integer[] numbers(List<Slot> slots) {
        return slots.stream().map(Slot::number).toArray(Integer[]::new);
    }

    /** Tells all archivers that a mailbox's server wants to be left alone. */
    public void throttled(String mailbox, Duration delay) {
        jdbc.sql(
                        "insert into mailbox_notice as notice (mailbox, throttled_until) values (?, current_timestamp + ? * interval '1 millisecond')"
                                + " on conflict (mailbox) do update set throttled_until = greatest(notice.throttled_until, excluded.throttled_until)")
                .params(key(mailbox), delay.toMillis())
                .update();
    }

    /** What is told of these mailboxes now. */
    public List<Notice> notices(Collection<String> mailboxes) {
        return jdbc.sql("""
                select mailbox, coalesce(wanted_until > current_timestamp, false) as wanted,
                    coalesce(starved_until > current_timestamp, false) as starved,
                    greatest(extract(epoch from throttled_until - current_timestamp) * 1000, 0)::bigint as throttled
                from mailbox_notice where mailbox = any(?) and (wanted_until > current_timestamp or throttled_until > current_timestamp)""")
                .param(mailboxes.stream().map(MailboxSlots::key).toArray(String[]::new))
                .query((row, number) -> new Notice(
                        row.getString("mailbox"),
                        Duration.ofMillis(row.getLong("throttled")),
                        row.getBoolean("wanted"),
                        row.getBoolean("starved")))
                .list();
    }

    private static String key(String mailbox) {
        return Sql.key(mailbox, LONGEST_MAILBOX);
    }
}
