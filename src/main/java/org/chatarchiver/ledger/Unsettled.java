package org.chatarchiver.ledger;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says why a run or a page is still needed: something in it waits, is open or incomplete. By indexes of the run or page alone. */
@Component
class Unsettled {
    private final JdbcClient jdbc;

    Unsettled(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of the run as a whole; empty for nothing. */
    Optional<Kept> of(Run run) {
        if (run.state() == Run.State.RUNNING) {
            return kept("The run has not ended.");
        }
        if (run.state() == Run.State.INCOMPLETE && run.accepted() == null) {
            return kept("The run is INCOMPLETE, and nobody has accepted that.");
        }
        if (any("select count(*) from channel_entry where run = ? and closed is null and page is null", run.id())) {
            return kept("The run has an open entry in the channel source.");
        }
        if (any("select count(*) from replay where run = ? and finished is null", run.id())) {
            return kept("The run is being replayed.");
        }
        return Optional.empty();
    }

    /** Of one of its pages; empty for nothing. */
    Optional<Kept> of(Page page) {
        if (any("select count(*) from page where run = ? and number = ? and state = 'LANDED'", page)) {
            return kept("The page is not done.");
        }
        if (any("select count(*) from page where run = ? and number = ? and worker_until > current_timestamp", page)) {
            return kept("The page is in work.");
        }
        if (any("select count(*) from intent where run = ? and page = ?", page)
                || any(
                        "select count(*) from item where run = ? and page = ? and state not in ('IMPORTED', 'PARTIAL', 'FAILED')",
                        page)) {
            return kept("Items of the page wait, or are on their way.");
        }
        if (any("select count(*) from channel_entry where run = ? and closed is null and page = ?", page)
                || any("""
                        select count(*) from item i join channel_entry e on e.message = i.message and e.target = i.target
                        where i.run = ? and i.page = ? and i.state = 'FAILED' and e.closed is null""", page)) {
            return kept("Entries of the page are open in their channels.");
        }
        if (any("select count(*) from search_page where run = ? and page = ?", page)) {
            return kept("The page is still to be entered for the search.");
        }
        return Optional.empty();
    }

    private boolean any(String sql, Page page) {
        return any(sql, page.run(), page.number());
    }

    private boolean any(String sql, Object... params) {
        return jdbc.sql(sql).params(params).query(Long.class).single() > 0;
    }

    private static Optional<Kept> kept(String why) {
        return Optional.of(Kept.because(why));
    }
}
