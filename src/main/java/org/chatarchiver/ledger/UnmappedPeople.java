package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who maps to nothing: the open entries of the channel {@code unmapped}, by person. They are grouped anew now and then, so that looking
 * costs the same however many there are, and nothing that delivers keeps a sum.
 */
@Component
public class UnmappedPeople {
    private static final int LONGEST = 1000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    UnmappedPeople(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * A person of a connector.
     *
     * @param person what all writings of the id have in common; empty for owners who are not known
     * @param participant as the source once gave it; empty where it did not, or where only the mailbox is known
     * @param mailbox that a mapping had named, and that is not there when something is filed; else null
     * @param owner whether messages of the person's own device are among them
     * @param reason the last one
     * @param entries how many are open
     * @param first when the first of them was opened
     */
    public record Person(
            String connector,
            String person,
            String participant,
            String mailbox,
            boolean owner,
            Reason reason,
            long entries,
            Instant first,
            Instant last) {
        public String place() {
            return Place.of(connector, person);
        }
    }

    private record Key(String connector, String person) {}

    /** Whether a list can go on there. */
    public static boolean isPlace(String after) {
        return after.isEmpty() || Place.parse(after, 2).isPresent();
    }

    /**
     * By connector.
     *
     * @param connector empty for all
     * @param after the {@link Person#place} of the last one that is known already; empty for none
     */
    public List<Person> list(String connector, String after, int limit) {
        List<String> place = Place.parse(after, 2).orElse(List.of("", ""));
        boolean one = !connector.isEmpty();
        List<Object> values = new ArrayList<>(List.of(one ? connector : place.get(0)));
        String behind = "";
        if (!after.isEmpty()) {
            behind = one ? " and person > ?" : " and (connector > ? or person > ?)";
            values.addAll(one ? List.of(place.get(1)) : place);
        }
        values.add(limit);
        return jdbc.query(
                "select * from unmapped_person where connector " + (one ? "=" : ">=") + " ?" + behind
                        + " order by connector, person limit ?",
                UnmappedPeople::row,
                values.toArray());
    }

    /** Groups the entries as they are now. @param keys from an id that the source gave to what the person is compared by */
    public void regroup(UnaryOperator<String> keys) {
        Map<Key, Person> now = new HashMap<>();
        jdbc.query("""
                select connector, target, reason, count(*) as number, min(opened) as first_at, max(opened) as last_at,
                    max(case when '!' || owner = target then 1 else 0 end) as owned
                from channel_entry where channel = 'UNMAPPED' and closed is null and target is not null
                group by connector, target, reason""", row -> {
            Person person = person(row, keys);
            now.merge(new Key(person.connector(), person.person()), person, UnmappedPeople::both);
        });
        transaction.executeWithoutResult(status -> write(now));
    }

    private static Person person(ResultSet row, UnaryOperator<String> keys) throws SQLException {
        String target = row.getString("target");
        String mailbox = ItemTarget.address(target);
        String participant = mailbox == null ? ItemTarget.participantOf(target) : "";
        Reason reason = Sql.reason(row);
        return new Person(
                row.getString("connector"),
                Sql.key(mailbox == null ? participant.isEmpty() ? "" : keys.apply(participant) : mailbox, LONGEST),
                participant,
                mailbox,
                // Others are asked for only where they stand in a mapping.
                row.getInt("owned") == 1 || reason == Reason.NO_MAPPING || reason == Reason.OWNER_UNKNOWN,
                reason,
                row.getLong("number"),
                Sql.at(row, "first_at"),
                Sql.at(row, "last_at"));
    }

    private static Person both(Person one, Person other) {
        Person later = one.last().isBefore(other.last()) ? other : one;
        return new Person(
                one.connector(),
                one.person(),
                later.participant().isEmpty() ? one.participant() : later.participant(),
                later.mailbox(),
                one.owner() || other.owner(),
                later.reason(),
                one.entries() + other.entries(),
                one.first().isBefore(other.first()) ? one.first() : other.first(),
                later.last());
    }

    /** Only what differs. */
    private void write(Map<Key, Person> now) {
        List<Key> gone = new ArrayList<>();
        Map<String, Person> changed = new TreeMap<>();
        now.values().forEach(person -> changed.put(person.connector() + " " + person.person(), person));
        jdbc.query("select * from unmapped_person", (ResultSet row) -> {
            Person before = row(row, 0);
            if (before.equals(now.get(new Key(before.connector(), before.person())))) {
                changed.remove(before.connector() + " " + before.person());
            } else {
                gone.add(new Key(before.connector(), before.person()));
            }
        });
        jdbc.batchUpdate(
                "delete from unmapped_person where connector = ? and person = ?",
                gone.stream()
                        .map(key -> new Object[] {key.connector(), key.person()})
                        .toList());
        jdbc.batchUpdate(
                "insert into unmapped_person (connector, person, participant, mailbox, owner, reason, entries, first_at, last_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                changed.values().stream()
                        .map(person -> new Object[] {
                            person.connector(),
                            person.person(),
                            person.participant(),
                            person.mailbox(),
                            person.owner(),
                            person.reason().name(),
                            person.entries(),
                            Sql.at(person.first()),
                            Sql.at(person.last())
                        })
                        .toList());
    }

    private static Person row(ResultSet row, int number) throws SQLException {
        return new Person(
                row.getString("connector"),
                row.getString("person"),
                row.getString("participant"),
                row.getString("mailbox"),
                row.getBoolean("owner"),
                Sql.reason(row),
                row.getLong("entries"),
                Sql.at(row, "first_at"),
                Sql.at(row, "last_at"));
    }
}
