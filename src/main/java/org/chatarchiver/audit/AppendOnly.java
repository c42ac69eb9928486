package org.chatarchiver.audit;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** Refuses that rows of a table are changed or removed: H2's way, named in a migration. */
public final class AppendOnly implements Trigger {
    /** Integrity constraint violation: restrict violation (SQL:2016, part 2, 24.1). */
    private static final String RESTRICT_VIOLATION = "23001";

    private String table = "";

    @Override
    public void init(Connection database, String schema, String trigger, String name, boolean before, int type) {
        table = name;
    }

    @Override
    public void fire(Connection database, Object[] before, Object[] after) throws SQLException {
        throw new SQLException("rows of " + table + " are only ever added", RESTRICT_VIOLATION);
    }
}
