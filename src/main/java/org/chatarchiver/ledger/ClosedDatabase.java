package org.chatarchiver.ledger;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Has the pool drop its connections to an embedded database that has closed itself, as H2 does when its disk is full. HikariCP knows a
 * dead connection by its SQL state, which H2 fills with its own error numbers, and does not probe one that was in use a moment ago. The
 * next connection opens the database again.
 */
final class ClosedDatabase implements SQLExceptionOverride {
    // org.h2.api.ErrorCode: IO_EXCEPTION_1, IO_EXCEPTION_2, CONNECTION_BROKEN_1, DATABASE_IS_CLOSED,
    // DATABASE_CALLED_AT_SHUTDOWN.
    private static final Set<Integer> CLOSED = Set.of(90028, 90031, 90067, 90098, 90121);

    // In full, since the interface has an enum of that name.
    @java.lang.Override
    public Override adjudicate(SQLException error) {
        return CLOSED.contains(error.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
