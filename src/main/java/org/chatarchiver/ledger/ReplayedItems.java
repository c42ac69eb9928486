package org.chatarchiver.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.chatarchiver.ledger.FoundMessage.Replayed;
import org.springframework.jdbc.core.JdbcTemplate;

/** What replays have to do with the items of some messages. */
final class ReplayedItems {
    private static final List<Replayed> FIRST =
            List.of(Replayed.MISSING, Replayed.LOOKED_FOR, Replayed.CONFIRMED, Replayed.NOT);

    private ReplayedItems() {}

    /** Those that are missing are NOT. Of several replays, as of several runs, the one that is under way counts. */
    static Map<ItemKey, Replayed> of(JdbcTemplate jdbc, UUID[] messages) {
        Map<ItemKey, Replayed> replayed = new HashMap<>();
        jdbc.query(
                """
                select k.message, k.target, k.missing, r.finished from unnest(cast(? as uuid array)) as wanted (wanted_id)
                join replay_item k on k.message = wanted.wanted_id join replay r on r.run = k.run""",
                row -> {
                    replayed.merge(
                            new ItemKey(row.getObject("message", UUID.class), row.getString("target")),
                            replayed(row.getBoolean("missing"), row.getObject("finished") != null),
                            (one, other) -> FIRST.indexOf(one) < FIRST.indexOf(other) ? one : other);
                },
                (Object) messages);
        return replayed;
    }

    private static Replayed replayed(boolean missing, boolean finished) {
        if (finished) {
            return missing ? Replayed.NOT : Replayed.CONFIRMED;
        }
        return missing ? Replayed.MISSING : Replayed.LOOKED_FOR;
    }
}
