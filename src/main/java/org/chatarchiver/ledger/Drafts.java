package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Connectors that are being added or changed. They survive a restart, and anybody who may change connectors can go on with them. */
@Component
public class Drafts {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_MAPPING = 4_000;
    private static final String SETTINGS =
            "connector = ?, name = ?, network = ?, folder = ?, schedule = ?, username = ?, mapping = ?, automatic = ?";

    private final JdbcClient jdbc;
    private final Clock clock;

    Drafts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param replaces null for a connector that is added; so is {@code base} */
    public Draft begin(String id, String replaces, String base, Draft.Settings settings, String by) {
        Instant now = clock.instant();
        String who = Sql.text(by, LONGEST_NAME);
        jdbc.sql("""
                insert into draft (connector, name, network, folder, schedule, username, mapping, automatic, id, replaces, base,
                    started, started_by, changed, changed_by, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)""")
                .params(values(settings))
                .params(id, replaces, base, Sql.at(now), who, Sql.at(now), who)
                .update();
        return find(id).orElseThrow();
    }

    public Optional<Draft> find(String id) {
        return jdbc.sql("select * from draft where id = ?")
                .params(id)
                .query(Drafts::row)
                .optional();
    }

    /** Those that go on, the latest change first. */
    public List<Draft> open(int limit) {
        return jdbc.sql("select * from draft where finished is null order by changed desc, id limit ?")
                .params(limit)
                .query(Drafts::row)
                .list();
    }

    /** @return false, and nothing changed, where it is finished or gone, or another by now than the one that was read */
    public boolean change(Draft draft, String by) {
        return jdbc.sql("update draft set " + SETTINGS
                                + ", account = ?, account_checked = ?, csv = ?, changed = ?, changed_by = ?, version = version + 1"
                                + " where id = ? and version = ? and finished is null")
                        .params(values(draft.settings()))
                        .params(
                                draft.account() == null ? null : Sql.text(draft.account(), LONGEST_NAME),
                                Sql.at(draft.accountChecked()),
                                draft.csv(),
                                Sql.at(clock.instant()),
                                Sql.text(by, LONGEST_NAME),
                                draft.id(),
                                draft.version())
                        .update()
                == 1;
    }

    /**
     * Claims the end of a draft: of several who finish it, one does.
     *
     * @param version that was looked at
     * @return false, and nothing changed, where it is finished, gone, or another by now
     */
    public boolean finish(String id, long version, String by) {
        return jdbc.sql(
                                "update draft set finished = ?, finished_by = ?, file = null, to_commit = null where id = ? and version = ? and finished is null")
                        .params(Sql.at(clock.instant()), Sql.text(by, LONGEST_NAME), id, version)
                        .update()
                == 1;
    }

    /**
     * What came of the end.
     *
     * @param file of the connector
     * @param toCommit why it could not be written; null where it was
     */
    public void ended(String id, String file, String toCommit) {
        jdbc.sql("update draft set file = ?, to_commit = ? where id = ?")
                .params(Sql.text(file, Draft.LONGEST), Sql.detail(toCommit), id)
                .update();
    }

    /** It goes on: what it was finished for has not come off. */
    public void open(String id) {
        jdbc.sql(
                        "update draft set finished = null, finished_by = null, file = null, to_commit = null, version = version + 1 where id = ?")
                .params(id)
                .update();
    }

    /** @return false, and nothing changed, where it is finished or gone */
    public boolean discard(String id) {
        return jdbc.sql("delete from draft where id = ? and finished is null")
                        .params(id)
                        .update()
                == 1;
    }

    /** Finished or not. */
    public void forget(String id) {
        jdbc.sql("delete from draft where id = ?").params(id).update();
    }

    /** The ids of those that nobody has touched for so long, the oldest first. */
    public List<String> forgotten(Duration age, int limit) {
        return jdbc.sql("select id from draft where changed < ? order by changed limit ?")
                .params(Sql.at(clock.instant().minus(age)), limit)
                .query(String.class)
                .list();
    }

    private static List<?> values(Draft.Settings settings) {
        return List.of(
                Sql.text(settings.connector(), Draft.LONGEST),
                Sql.text(settings.name(), Draft.LONGEST),
                Sql.text(settings.network(), Draft.LONGEST),
                Sql.text(settings.folder(), Draft.LONGEST),
                Sql.text(settings.schedule(), Draft.LONGEST),
                Sql.text(settings.username(), Draft.LONGEST),
                Sql.text(settings.mapping(), LONGEST_MAPPING),
                settings.automatic());
    }

    private static Draft row(ResultSet row, int number) throws SQLException {
        return new Draft(
                row.getString("id"),
                row.getString("replaces"),
                row.getString("base"),
                new Draft.Settings(
                        row.getString("connector"),
                        row.getString("name"),
                        row.getString("network"),
                        row.getString("folder"),
                        row.getString("schedule"),
                        row.getString("username"),
                        row.getString("mapping"),
                        row.getBoolean("automatic")),
                row.getString("account"),
                Sql.at(row, "account_checked"),
                row.getString("csv"),
                mark(row, "started"),
                mark(row, "changed"),
                row.getLong("version"),
                mark(row, "finished"),
                row.getString("file"),
                row.getString("to_commit"));
    }

    private static Draft.Mark mark(ResultSet row, String column) throws SQLException {
        Instant at = Sql.at(row, column);
        return at == null ? null : new Draft.Mark(at, row.getString(column + "_by"));
    }
}
