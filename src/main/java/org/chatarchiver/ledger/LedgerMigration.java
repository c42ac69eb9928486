package org.chatarchiver.ledger;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Brings the ledger to the schema of this version. One that a later version has changed is refused, which Flyway by itself would go on
 * with: what that version has recorded would not be heeded here, and messages be delivered twice.
 */
@Component
class LedgerMigration implements FlywayMigrationStrategy {
    /** The profile of a command beside the archiver, which must not change the ledger's schema under it. */
    static final String COMMAND = "command";

    private final Environment environment;

    LedgerMigration(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void migrate(Flyway flyway) {
        Arrays.stream(flyway.info().applied())
                .filter(applied -> !applied.getState().isResolved())
                .reduce((earlier, later) -> later)
                .map(MigrationInfo::getVersion)
                .ifPresent(version -> {
                    throw new NewerLedgerException(version.getVersion());
                });
        if (flyway.info().pending().length > 0 && environment.acceptsProfiles(Profiles.of(COMMAND))) {
            throw new IllegalStateException(
                    "The ledger is none of this version: it is empty or older. Start the archiver of"
                            + " this version first, or use the jar that the archiver runs with");
        }
        flyway.migrate();
    }
}
