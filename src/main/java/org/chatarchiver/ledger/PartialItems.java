package org.chatarchiver.ledger;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Items that are delivered without some of their attachments. */
@Component
public class PartialItems {
    /** How many items of a run are looked through, since no index tells the partial ones: that takes some tens of milliseconds. */
    public static final int LOOKED_THROUGH = 20_000;

    private final JdbcClient jdbc;

    PartialItems(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those among the first {@value #LOOKED_THROUGH} items of a run, by page and position. */
    public List<ItemEntry> ofRun(String run, int limit) {
        return jdbc.sql("select " + ItemEntry.COLUMNS
                        + " from (select * from item where run = ? order by run, page limit ?) i join message m on m.id = i.message"
                        + ItemEntry.CAPTURE
                        + " where i.state = 'PARTIAL' order by i.page, m.position, i.target limit ?")
                .params(run, LOOKED_THROUGH, limit)
                .query(ItemEntry::row)
                .list();
    }
}
