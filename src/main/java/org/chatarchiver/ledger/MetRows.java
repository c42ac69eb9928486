package org.chatarchiver.ledger;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which rows of mapping files a message has met. */
@Component
public class MetRows {
    private final JdbcTemplate jdbc;

    MetRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param marks names of rows in whatever file of the connector: of the id as it is compared, and when it holds */
    public void add(String connector, Collection<String> marks) {
        List<Long> digests = marks.stream().map(SearchName::mark).sorted().toList();
        if (!digests.isEmpty()) {
            jdbc.batchUpdate(
                    "insert into mapping_met (connector, mark) values (?, ?) on conflict do nothing",
                    digests.stream().map(mark -> new Object[] {connector, mark}).toList());
        }
    }

    /** Those of the marks that no message has met; some thousands at once. */
    public Set<String> unmet(String connector, Collection<String> marks) {
        Long[] digests = marks.stream().map(SearchName::mark).toArray(Long[]::new);
        // As in Items.recall.
        Set<Long> met = new HashSet<>(jdbc.queryForList(
                "select m.mark from unnest(cast(? as varchar array), cast(? as bigint array)) as wanted (wanted_connector, wanted_mark)"
                        + " join mapping_met m on m.connector = wanted.wanted_connector and m.mark = wanted.wanted_mark",
                Long.class,
                Collections.nCopies(digests.length, connector).toArray(String[]::new),
                digests));
        Set<String> unmet = new HashSet<>(marks);
        unmet.removeIf(mark -> met.contains(SearchName.mark(mark)));
        return unmet;
    }
}
