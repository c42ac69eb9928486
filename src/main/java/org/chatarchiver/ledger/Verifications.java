package org.chatarchiver.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Runs that were held against what there is of them: who asked for it, how far it is, and what was found. */
@Component
public class Verifications {
    /** Of the differences of one verification that are kept; more are only counted. */
    public static final int MOST = 500;

    private static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final VerifiedFolders folders;
    private final AuditNotes audit;
    private final Clock clock;

    Verifications(JdbcClient jdbc, VerifiedFolders folders, AuditNotes audit, Clock clock) {
        this.jdbc = jdbc;
        this.folders = folders;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How far it is.
     *
     * @param items delivered ones
     * @param itemsNotLookedFor of those done: their mailbox could not be searched for them
     * @param mailboxes that are read through: those that the run has delivered to, and others of its mapping; 0 until they are known
     * @param mailboxesDone those whose folders were read through
     */
    public record Progress(
            int pages,
            int pagesDone,
            long items,
            long itemsDone,
            long itemsNotLookedFor,
            int mailboxes,
            int mailboxesDone) {}

    /**
     * From where one that was broken off goes on: behind the folders that it has read through, and behind so many pages.
     *
     * @param places how many differences were kept by then
     * @param parts how many of {@link VerifiedFolders} were kept by then
     */
    public record Mark(
            int pages, long items, long itemsNotLookedFor, int places, Map<DifferenceKind, Long> kinds, int parts) {}

    /**
     * One verification of a run.
     *
     * @param number from 1, of those of the run
     * @param kinds of the differences so far, with how many there are of each
     * @param ended null while it goes on, or where its archiver died
     * @param problem why it came to no end; null where it did, or goes on
     * @param mark null before the first, and for one of an earlier version: it begins anew
     * @param others of when the other mailboxes of the connector's mapping are read too; null for none
     */
    public record Verified(
            String run,
            int number,
            Instant requested,
            String requestedBy,
            Progress progress,
            Map<DifferenceKind, Long> kinds,
            Instant ended,
            String problem,
            Mark mark,
            Others others) {}

    /** A period, whose mailboxes are read to which nothing was delivered in it. @param to not in it */
    public record Others(Instant from, Instant to) {}

    /** Of one run one at a time begins: the caller sees to that. @param others null for none */
    @Transactional
    public Verified begin(Run run, String administrator, Progress progress, Others others) {
        int number = 1 + latest(run.id()).map(Verified::number).orElse(0);
        jdbc.sql(
                        "insert into verification (run, number, requested, requested_by, pages, pages_done, items, items_done, items_unsearched, kinds, others_from, others_to) values (?, ?, ?, ?, ?, 0, ?, 0, 0, '', ?, ?)")
                .params(Arrays.asList(
                        run.id(),
                        number,
                        Sql.at(clock.instant()),
                        Sql.text(administrator, LONGEST_NAME),
                        progress.pages(),
                        progress.items(),
                        others == null ? null : Sql.at(others.from()),
                        others == null ? null : Sql.at(others.to())))
                .update();
        note(run, administrator, Map.of("state", "STARTED", "number", number));
        return latest(run.id()).orElseThrow();
    }

    /** @param place of the difference among those of the verification, from 1 to {@value #MOST} */
    public void found(Verified of, int place, Difference difference) {
        jdbc.sql(
                        "insert into verification_difference (run, verification, number, kind, page, position, mailbox, message_id, sentence) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        of.run(),
                        of.number(),
                        place,
                        difference.kind().name(),
                        difference.page(),
                        difference.position(),
                        difference.mailbox(),
                        Sql.detail(difference.messageId()),
                        Sql.detail(difference.sentence())))
                .update();
    }

    public void progress(Verified of, Progress progress, Map<DifferenceKind, Long> kinds) {
        jdbc.sql(
                        "update verification set pages_done = ?, items_done = ?, items_unsearched = ?, mailboxes = ?, mailboxes_done = ?, kinds = ? where run = ? and number = ?")
                .params(
                        progress.pagesDone(),
                        progress.itemsDone(),
                        progress.itemsNotLookedFor(),
                        progress.mailboxes(),
                        progress.mailboxesDone(),
                        text(kinds),
                        of.run(),
                        of.number())
                .update();
    }

    /** With how far it is. */
    @Transactional
    public void mark(Verified of, Progress progress, Mark mark) {
        progress(of, progress, mark.kinds());
        jdbc.sql("update verification set mark = ?, mark_parts = ? where run = ? and number = ?")
                .params(
                        mark.pages() + " " + mark.items() + " " + mark.itemsNotLookedFor() + " " + mark.places() + " "
                                + text(mark.kinds()),
                        mark.parts(),
                        of.run(),
                        of.number())
                .update();
    }

    /** Those that have not ended, each the latest of its run; the oldest first. */
    public List<Verified> open() {
        return jdbc.sql("""
                        select * from verification v where ended is null
                            and not exists (select 1 from verification l where l.run = v.run and l.number > v.number)
                        order by requested, run""").query(Verifications::row).list();
    }

    /** One that was broken off goes on: what it has found behind its mark is forgotten, since it finds that again. */
    @Transactional
    public void goOn(Verified of) {
        jdbc.sql("delete from verification_difference where run = ? and verification = ? and number > ?")
                .params(of.run(), of.number(), of.mark() == null ? 0 : of.mark().places())
                .update();
        folders.forget(of, of.mark() == null ? 0 : of.mark().parts());
    }

    /** What it has met so far. */
    public VerifiedFolders folders() {
        return folders;
    }

    /** @param problem why it came to no end; null where it did */
    @Transactional
    public void ended(Run run, Verified of, Progress progress, Map<DifferenceKind, Long> kinds, String problem) {
        progress(of, progress, kinds);
        jdbc.sql("update verification set ended = ?, problem = ? where run = ? and number = ?")
                .params(Arrays.asList(Sql.at(clock.instant()), Sql.detail(problem), of.run(), of.number()))
                .update();
        folders.forget(of, 0);
        Map<String, Long> differences = new TreeMap<>();
        kinds.forEach((kind, number) -> differences.put(kind.name(), number));
        note(
                run,
                of.requestedBy(),
                Map.of(
                        "state", problem == null ? "ENDED" : "BROKEN_OFF",
                        "number", of.number(),
                        "items", progress.itemsDone(),
                        "itemsNotLookedFor", progress.itemsNotLookedFor(),
                        "differences", differences));
    }

    private void note(Run run, String administrator, Map<String, ?> detail) {
        audit.note(AuditAction.RUN_VERIFIED, administrator, run.connector(), run.id(), detail);
    }

    /** The last one of a run. */
    public Optional<Verified> latest(String run) {
        return jdbc.sql("select * from verification where run = ? order by run, number desc limit 1")
                .params(run)
                .query(Verifications::row)
                .optional();
    }

    /** The first of its differences, in the order in which they were found. */
    public List<Difference> differences(Verified of) {
        return jdbc.sql("select * from verification_difference where run = ? and verification = ? order by number")
                .params(of.run(), of.number())
                .query(Verifications::difference)
                .list();
    }

    /**
     * Whether an earlier one has seen an e-mail in its folder: one that came to its end, had room for all that it found, and neither
     * missed this one nor found its mailbox shut.
     *
     * @param delivered when; what was asked for before that does not count
     */
    public boolean hasSeen(String run, String mailbox, String messageId, Instant delivered) {
        return jdbc.sql("""
                        select v.number from verification v where v.run = ? and v.requested > ? and v.ended is not null and v.problem is null
                            and (select count(*) from verification_difference d where d.run = v.run and d.verification = v.number) < ?
                            and not exists (select 1 from verification_difference d where d.run = v.run and d.verification = v.number
                                and d.mailbox = ? and (d.kind = 'MAILBOX_UNREACHABLE' or d.message_id = ?)) fetch first 1 row only""")
                .params(run, Sql.at(delivered), MOST, mailbox, messageId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    static Verified row(ResultSet row, int number) throws SQLException {
        return new Verified(
                row.getString("run"),
                row.getInt("number"),
                Sql.at(row, "requested"),
                row.getString("requested_by"),
                new Progress(
                        row.getInt("pages"),
                        row.getInt("pages_done"),
                        row.getLong("items"),
                        row.getLong("items_done"),
                        row.getLong("items_unsearched"),
                        row.getInt("mailboxes"),
                        row.getInt("mailboxes_done")),
                kinds(row.getString("kinds")),
                Sql.at(row, "ended"),
                row.getString("problem"),
                mark(row.getString("mark"), row.getObject("mark_parts", Integer.class)),
                row.getObject("others_from") == null
                        ? null
                        : new Others(Sql.at(row, "others_from"), Sql.at(row, "others_to")));
    }

    private static Mark mark(String text, Integer kept) {
        if (text == null || kept == null) {
            return null;
        }
        String[] parts = text.split(" ", 5);
        return new Mark(
                Integer.parseInt(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]),
                kinds(parts[4]),
                kept);
    }

    private static Difference difference(ResultSet row, int number) throws SQLException {
        return new Difference(
                DifferenceKind.valueOf(row.getString("kind")),
                row.getString("run"),
                row.getObject("page", Integer.class),
                row.getObject("position", Long.class),
                row.getString("mailbox"),
                row.getString("message_id"),
                row.getString("sentence"));
    }

    private static String text(Map<DifferenceKind, Long> kinds) {
        return kinds.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static Map<DifferenceKind, Long> kinds(String text) {
        Map<DifferenceKind, Long> kinds = new EnumMap<>(DifferenceKind.class);
        for (String part : text.isEmpty() ? new String[0] : text.split(" ")) {
            int end = part.indexOf('=');
            kinds.put(DifferenceKind.valueOf(part.substring(0, end)), Long.valueOf(part.substring(end + 1)));
        }
        return kinds;
    }
}
