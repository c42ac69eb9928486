package org.chatarchiver.collect;

import org.chatarchiver.alert.Told;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for a run and reason, by the first attachment that cannot be had: a feed that gives none fails as many as there are, and again
 * whenever their items are tried. Safe for many threads.
 */
final class AttachmentLog {
    private static final Logger LOG = LoggerFactory.getLogger(PageAttachments.class);

    private final Told<Line> told = new Told<>();

    private record Line(String run, Reason reason) {}

    void notLanded(AttachmentRef ref, Exception error) {
        String run = ref.run().run();
        Reason reason = error instanceof FeedPausedException ? Reason.SOURCE_PAUSED : PollFailures.reason(error);
        if (!told.first(new Line(run, reason))) {
            LOG.debug("Another attachment of run {} has not landed: {}", run, reason);
        } else {
            LOG.warn(
                    "{} in run {}, first of the attachment {}, which has not landed: {}. Items without theirs wait: GET /api/runs/{}",
                    reason,
                    run,
                    Printable.of(ref.href()),
                    Printable.of(String.valueOf(error.getMessage())),
                    run);
        }
    }
}
