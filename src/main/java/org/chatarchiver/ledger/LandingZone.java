package org.chatarchiver.ledger;

import java.util.Optional;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The name of the landing zone that a shared ledger belongs to: all archivers with this ledger land there and nowhere else, and whoever
 * comes with another one does not belong to them.
 */
@Component
@Conditional(SharedLedger.class)
public class LandingZone {
    private final JdbcClient jdbc;

    LandingZone(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty until an archiver has been at work here. */
    public Optional<String> known() {
        return jdbc.sql("select zone from landing_zone").query(String.class).optional();
    }

    /**
     * Notes a landing zone where none is noted yet.
     *
     * @param zone at most 36 characters
     * @return the one that is noted, perhaps another
     */
    public String claim(String zone) {
        jdbc.sql("insert into landing_zone (id, zone, noted) values (1, ?, current_timestamp) on conflict do nothing")
                .params(zone)
                .update();
        return known().orElseThrow();
    }
}
