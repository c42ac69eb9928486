package org.chatarchiver.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chatarchiver.ledger.CaptureCounts.Brought;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.mapping.MappingFile;

/**
 * What a page tells of who is archived: the captures that it was the first to meet, and the rows of the mapping file that its people stand
 * in. Gathered as it is read, also where it is read again, and written once, when it is done. For one thread at a time.
 */
final class Sightings {
    private final Map<String, Brought> captures = new TreeMap<>();
    private final Map<Long, MappingFile.MetRow> rows = new HashMap<>();

    /** @param owner as owners are compared, storable */
    void capture(String owner, String msisdn, Instant time) {
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        String shown = msisdn == null || msisdn.isBlank() ? owner : Revision.owner(msisdn);
        captures.merge(
                day + " " + owner,
                new Brought(owner, shown, day, 1),
                (one, more) -> new Brought(owner, one.shown(), day, one.captures() + more.captures()));
    }

    void row(MappingFile.MetRow row) {
        rows.putIfAbsent(row.line(), row);
    }

    List<Brought> captures() {
        return List.copyOf(captures.values());
    }

    /** Those that were not told of before. */
    List<MappingFile.MetRow> rows() {
        return List.copyOf(rows.values());
    }
}
