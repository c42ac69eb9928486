package org.chatarchiver.archive;

import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.observation.WorkFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line that ends a run, with its counts. */
final class RunLog {
    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    private RunLog() {}

    static void ended(RunReport report) {
        Run run = report.run();
        WorkFields.within(
                run.connector(),
                run.id(),
                () -> LOG.info(
                        "Run {} of {} is {}: {} available from source, {} available for import = {} imported + {} partially imported + {} skipped + {} failed {}",
                        run.id(),
                        run.connector(),
                        run.state(),
                        report.availableFromSource(),
                        report.availableForImport(),
                        report.imported(),
                        report.partiallyImported(),
                        report.skipped(),
                        report.failed(),
                        report.failedByReason()));
    }
}
