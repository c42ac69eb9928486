package org.chatarchiver.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.MetRows;
import org.chatarchiver.mapping.MappingFile;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.mapping.Mappings;
import org.springframework.stereotype.Component;

/** Rows of a mapping file that no message has met: somebody who does not write, or an id that is wrong. */
@Component
public class UnmetRows {
    private static final int AT_ONCE = 1_000;
    /** Of rows that are looked at for one answer. */
    private static final int MOST = 10_000;

    private final MappingStore mappings;
    private final MetRows met;

    UnmetRows(MappingStore mappings, MetRows met) {
        this.mappings = mappings;
        this.met = met;
    }

    /** @param next the line behind which the list goes on; null at its end */
    public record Part(List<MappingFile.PlacedRow> rows, Long next) {}

    /**
     * In the order of the file.
     *
     * @param after line behind which it begins; 0 for the first
     * @return empty where the connector has no mapping file in use
     */
    public Optional<Part> list(String connector, long after, int limit) {
        return mappings.current(connector) instanceof Mappings.Current.InUse inUse
                ? Optional.of(list(connector, inUse.file().behind(after, MOST + 1), limit))
                : Optional.empty();
    }

    private Part list(String connector, List<MappingFile.PlacedRow> rows, int limit) {
        List<MappingFile.PlacedRow> unmet = new ArrayList<>();
        int end = Math.min(rows.size(), MOST);
        for (int from = 0; from < end; from += AT_ONCE) {
            List<MappingFile.PlacedRow> part = rows.subList(from, Math.min(end, from + AT_ONCE));
            Set<String> marks = met.unmet(
                    connector, part.stream().map(MappingFile.PlacedRow::mark).collect(Collectors.toSet()));
            for (MappingFile.PlacedRow row : part) {
                if (marks.contains(row.mark())) {
                    if (unmet.size() == limit) {
                        return new Part(unmet, unmet.get(limit - 1).line());
                    }
                    unmet.add(row);
                }
            }
        }
        return new Part(unmet, rows.size() > MOST ? rows.get(MOST - 1).line() : null);
    }
}
