package org.chatarchiver.archive;

import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.chatarchiver.delivery.RetrySchedule;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;
import org.springframework.stereotype.Component;

/** What comes of the verdicts of the hooks. Where one of them is missing, the items wait and are inspected again. */
@Component("inspected")
public class Inspected {
    private final Inspections inspections;
    private final RetrySchedule retrySchedule;
    private final InspectionLog log = new InspectionLog();

    Inspected(Inspections inspections, RetrySchedule retrySchedule) {
        this.inspections = inspections;
        this.retrySchedule = retrySchedule;
    }

    /** @param verdicts one for each attachment that was shown, in their order */
    public record Attachments(MappedMessage message, List<Verdict> verdicts) {}

    MappedMessage message(MappedMessage message, Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            return later(Hook.MESSAGE, message, "The route inspect-message failed (" + failed.why() + ")");
        }
        return verdict instanceof Verdict.Refused refused
                ? message.failed(
                        Reason.MESSAGE_REFUSED,
                        "The route inspect-message refused it" + (refused.why().isEmpty() ? "" : ": " + refused.why()))
                : message;
    }

    /** Without the attachments that were refused. */
    public MappedMessage attachments(@Body Attachments inspected) {
        MappedMessage message = inspected.message();
        List<Verdict> verdicts = inspected.verdicts();
        List<Inspections.Shown> shown = inspections.attachments(message);
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Failed failed) {
                return later(
                        Hook.ATTACHMENT,
                        message,
                        "The route inspect-attachment failed on "
                                + Printable.quoted(shown.get(i).attachment().name()) + " (" + failed.why() + ")");
            }
        }
        return inspections.without(message, verdicts);
    }

    private MappedMessage later(Hook hook, MappedMessage message, String sentence) {
        log.failed(hook, message, sentence);
        return message.later(retrySchedule, Reason.INSPECTION_FAILED, Duration.ZERO, sentence);
    }
}
