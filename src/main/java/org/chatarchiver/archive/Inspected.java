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
    public record Attachments(MessageWork messageWork, List<Verdict> verdicts) {}

    MessageWork message(MessageWork messageWork, Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            return later(Hook.MESSAGE, messageWork, "The route inspect-message failed (" + failed.why() + ")");
        }
        return verdict instanceof Verdict.Refused refused
                ? messageWork.failed(
                        Reason.MESSAGE_REFUSED,
                        "The route inspect-message refused it" + (refused.why().isEmpty() ? "" : ": " + refused.why()))
                : messageWork;
    }

    /** Without the attachments that were refused. */
    public MessageWork attachments(@Body Attachments inspected) {
        MessageWork messageWork = inspected.messageWork();
        List<Verdict> verdicts = inspected.verdicts();
        List<Inspections.Shown> shown = inspections.attachments(messageWork);
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Failed failed) {
                return later(
                        Hook.ATTACHMENT,
                        messageWork,
                        "The route inspect-attachment failed on "
                                + Printable.quoted(shown.get(i).attachment().name()) + " (" + failed.why() + ")");
            }
        }
        return inspections.without(messageWork, verdicts);
    }

    private MessageWork later(Hook hook, MessageWork messageWork, String sentence) {
        log.failed(hook, messageWork, sentence);
        return messageWork.later(retrySchedule, Reason.INSPECTION_FAILED, Duration.ZERO, sentence);
    }
}
