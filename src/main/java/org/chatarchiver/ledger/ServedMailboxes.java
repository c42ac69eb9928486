package org.chatarchiver.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which mailboxes took e-mails of the latest runs, and which have some waiting for them. Reads by the indexes of runs and times alone. */
@Component
public class ServedMailboxes {
    private static final int RUNS = 20;

    private final JdbcClient jdbc;

    ServedMailboxes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** First those that have taken something, of the latest run first; then those for which something waits. */
    @Transactional(readOnly = true)
    public List<String> latest(int limit) {
        Set<String> mailboxes = new LinkedHashSet<>();
        List<String> runs = jdbc.sql("select id from run order by id desc limit ?")
                .params(RUNS)
                .query(String.class)
                .list();
        for (String run : runs) {
            if (mailboxes.size() < limit) {
                mailboxes.addAll(jdbc.sql(
                                "select distinct target from item where run = ? and state in ('IMPORTED', 'PARTIAL') limit ?")
                        .params(run, limit)
                        .query(String.class)
                        .list());
            }
        }
        mailboxes.addAll(jdbc.sql("select distinct target from item where retry_at < " + Sql.NEVER
                        + " and state = 'RETRY' and " + ItemTarget.IS_MAILBOX + " limit ?")
                .params(limit)
                .query(String.class)
                .list());
        return mailboxes.stream()
                .limit(2L * limit)
                .map(ItemTarget::address)
                .filter(Objects::nonNull)
                .toList();
    }
}
