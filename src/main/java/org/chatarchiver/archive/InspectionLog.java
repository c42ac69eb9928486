package org.chatarchiver.archive;

import org.chatarchiver.alert.Told;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for a run and hook, by the first thing that cannot be inspected: while a scanner is away, that is all of them. Safe for many threads. */
final class InspectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(Inspections.class);

    private final Told<Line> told = new Told<>();

    private record Line(String run, Hook hook) {}

    void failed(Hook hook, MappedMessage message, String sentence) {
        String run = message.work().run().id();
        if (told.first(new Line(run, hook))) {
            LOG.warn(
                    "{} in run {}, first of the message {}: {}. What is not inspected waits: GET /api/runs/{}",
                    Reason.INSPECTION_FAILED,
                    run,
                    Printable.of(message.message().id()),
                    sentence,
                    run);
        } else {
            LOG.debug("{} in run {} again", Reason.INSPECTION_FAILED, run);
        }
    }
}
