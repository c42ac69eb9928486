package org.chatarchiver.ledger;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Brings the ledger to the schema of this version. One that a later version has changed is refused, which Flyway by itself would go on
 * with: what that version has recorded would not be heeded here, and messages be delivered twice.
 */
@Component
class LedgerMigration implements FlywayMigrationStrategy {
    @Override
    public void migrate(Flyway flyway) {
        Arrays.stream(flyway.info().applied())
                .filter(applied -> !applied.getState().isResolved())
                .reduce((earlier, later) -> later)
                .map(MigrationInfo::getVersion)
                .ifPresent(version -> {
                    throw new NewerLedgerException(version.getVersion());
                });
        flyway.migrate();
    }
}
