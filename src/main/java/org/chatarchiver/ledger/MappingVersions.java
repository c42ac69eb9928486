package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which mapping files were given for each connector, and which of them is in force: the one that the ledger accepted last, whichever
 * archiver it was given to. Rows are only ever added. The files themselves are in the landing zone.
 */
@Component
public class MappingVersions {
    private static final int LONGEST_NAME = 200;
    private static final String VERSION =
            "select v.*, m.in_force from mapping_version v join mapping m on m.connector = v.connector where v.connector = ?";
    private static final String STANDING =
            "select m.connector, m.in_force, m.file, v.sha256, v.path, v.origin from mapping m"
                    + " left join mapping_version v on v.connector = m.connector and v.number = m.in_force";

    private final JdbcClient jdbc;
    private final AuditNotes audit;

    MappingVersions(JdbcClient jdbc, AuditNotes audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * How a connector's mapping stands.
     *
     * @param inForce number of the version in force; 0 where none was ever accepted, and the next three are null then
     * @param file SHA-256 of the file on a disk that was taken, or refused, last; empty for none
     */
    public record Standing(
            String connector, long inForce, String sha256, String path, MappingVersion.Origin origin, String file) {
        public static Standing none(String connector) {
            return new Standing(connector, 0, null, null, null, "");
        }
    }

    public Standing standing(String connector) {
        return jdbc.sql(STANDING + " where m.connector = ?")
                .params(connector)
                .query(MappingVersions::standing)
                .optional()
                .orElseGet(() -> Standing.none(connector));
    }

    /** By connector; those that never had one are not in it. */
    public Map<String, Standing> standings() {
        return jdbc.sql(STANDING).query(MappingVersions::standing).list().stream()
                .collect(Collectors.toMap(Standing::connector, Function.identity()));
    }

    /** The number of the version in force; 0 for none. */
    public long inForce(String connector) {
        return jdbc.sql("select in_force from mapping where connector = ? and in_force is not null")
                .params(connector)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * Takes a file as the next version, in force at once unless it is refused.
     *
     * @param base number of the version that its rows were held against, 0 for none; of no account where it is refused
     */
    @Transactional
    public MappingOffer.Outcome record(MappingOffer offer, long base) {
        Standing standing = locked(offer.connector());
        boolean file = offer.origin() == MappingVersion.Origin.FILE;
        if (offer.refused() == null && standing.inForce() != base) {
            return new MappingOffer.Outcome.Overtaken();
        }
        if (file && offer.sha256().equals(standing.file()) && judgedAlike(offer)) {
            return new MappingOffer.Outcome.Known();
        }
        long number = jdbc.sql("select latest from mapping where connector = ?")
                        .params(offer.connector())
                        .query(Long.class)
                        .single()
                + 1;
        insert(offer, number);
        if (offer.refused() == null) {
            note(offer, number);
        }
        jdbc.sql("update mapping set latest = ?, in_force = ?, file = ? where connector = ?")
                .params(
                        number,
                        offer.refused() == null ? Long.valueOf(number) : inForceOrNull(standing),
                        file ? offer.sha256() : standing.file().isEmpty() ? null : standing.file(),
                        offer.connector())
                .update();
        return new MappingOffer.Outcome.Recorded(number);
    }

    private Standing locked(String connector) {
        jdbc.sql("insert into mapping (connector, latest) values (?, 0) on conflict do nothing")
                .params(connector)
                .update();
        jdbc.sql("select connector from mapping where connector = ? for update")
                .params(connector)
                .query(String.class)
                .single();
        return standing(connector);
    }

    /** A file that an earlier version of the archiver refused may be good by now. */
    private boolean judgedAlike(MappingOffer offer) {
        return latest(offer.connector(), offer.sha256())
                .filter(known -> (known.refused() == null) == (offer.refused() == null))
                .isPresent();
    }

    private static Long inForceOrNull(Standing standing) {
        return standing.inForce() == 0 ? null : Long.valueOf(standing.inForce());
    }

    private void insert(MappingOffer offer, long number) {
        MappingVersion.Rows rows = offer.rows();
        jdbc.sql("""
                insert into mapping_version (connector, number, sha256, size, path, origin, given, given_by, row_count, rows_added,
                    rows_changed, rows_removed, refused) values (?, ?, ?, ?, ?, ?, current_timestamp, ?, ?, ?, ?, ?, ?)""")
                .params(
                        offer.connector(),
                        number,
                        offer.sha256(),
                        offer.size(),
                        offer.path(),
                        offer.origin().name(),
                        Sql.text(offer.by(), LONGEST_NAME))
                .params(
                        rows == null ? null : rows.all(),
                        rows == null ? null : rows.added(),
                        rows == null ? null : rows.changed(),
                        rows == null ? null : rows.removed(),
                        Sql.detail(offer.refused()))
                .update();
    }

    private void note(MappingOffer offer, long number) {
        audit.note(
                AuditAction.MAPPING_TAKEN,
                offer.by(),
                offer.connector(),
                "version " + number,
                Map.of(
                        "sha256", offer.sha256(),
                        "rows", offer.rows().all(),
                        "added", offer.rows().added(),
                        "changed", offer.rows().changed(),
                        "removed", offer.rows().removed()));
    }

    /** The file on an archiver's disk has become, or was made, what is in force: what was there before may come again. */
    public void fileIs(String connector, String sha256) {
        jdbc.sql("update mapping set file = ? where connector = ?")
                .params(sha256, connector)
                .update();
    }

    public Optional<MappingVersion> find(String connector, long number) {
        return jdbc.sql(VERSION + " and v.number = ?")
                .params(connector, number)
                .query(MappingVersions::version)
                .optional();
    }

    /** The latest version with these bytes. */
    public Optional<MappingVersion> latest(String connector, String sha256) {
        return jdbc.sql(VERSION + " and v.sha256 = ? order by v.number desc limit 1")
                .params(connector, sha256)
                .query(MappingVersions::version)
                .optional();
    }

    /** The latest first. @param before only those with lower numbers */
    public List<MappingVersion> list(String connector, long before, int limit) {
        return jdbc.sql(VERSION + " and v.number < ? order by v.number desc limit ?")
                .params(connector, before, limit)
                .query(MappingVersions::version)
                .list();
    }

    private static Standing standing(ResultSet row, int number) throws SQLException {
        String file = row.getString("file");
        String origin = row.getString("origin");
        return new Standing(
                row.getString("connector"),
                row.getLong("in_force"),
                row.getString("sha256"),
                row.getString("path"),
                origin == null ? null : MappingVersion.Origin.valueOf(origin),
                file == null ? "" : file);
    }

    private static MappingVersion version(ResultSet row, int index) throws SQLException {
        long number = row.getLong("number");
        String refused = row.getString("refused");
        MappingVersion.State accepted =
                number == row.getLong("in_force") ? MappingVersion.State.IN_FORCE : MappingVersion.State.REPLACED;
        return new MappingVersion(
                row.getString("connector"),
                number,
                row.getString("sha256"),
                row.getLong("size"),
                row.getString("path"),
                MappingVersion.Origin.valueOf(row.getString("origin")),
                row.getString("given_by"),
                Sql.at(row, "given"),
                refused == null
                        ? new MappingVersion.Rows(
                                row.getInt("row_count"),
                                row.getInt("rows_added"),
                                row.getInt("rows_changed"),
                                row.getInt("rows_removed"))
                        : null,
                refused,
                refused == null ? accepted : MappingVersion.State.REFUSED);
    }
}
