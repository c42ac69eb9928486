package org.chatarchiver.archive;

import org.chatarchiver.delivery.Patience;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;
import org.springframework.stereotype.Component;

/** What comes of the verdicts of the hooks. Where one of them is missing, the items wait and are inspected again. */
@Component("inspected")
public class Inspected {
    private final Inspections inspections;
    private final Patience patience;
    private final InspectionLog log = new InspectionLog();

    Inspected(Inspections inspections, Patience patience) {
        this.inspections = inspections;
        this.patience = patience;
    }

    /** @param verdicts one for each attachment that was shown, in their order */
    public record Attachments(Parcel parcel, List<Verdict> verdicts) {}

    Parcel message(Parcel parcel, Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            return later(Hook.MESSAGE, parcel, "The route inspect-message failed (" + failed.why() + ")");
        }
        return verdict instanceof Verdict.Refused refused
                ? parcel.failed(
                        Reason.MESSAGE_REFUSED,
                        "The route inspect-message refused it" + (refused.why().isEmpty() ? "" : ": " + refused.why()))
                : parcel;
    }

    /** Without the attachments that were refused. */
    public Parcel attachments(@Body Attachments inspected) {
        Parcel parcel = inspected.parcel();
        List<Verdict> verdicts = inspected.verdicts();
        List<Inspections.Shown> shown = inspections.attachments(parcel);
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Failed failed) {
                return later(
                        Hook.ATTACHMENT,
                        parcel,
                        "The route inspect-attachment failed on "
                                + Printable.quoted(shown.get(i).attachment().name()) + " (" + failed.why() + ")");
            }
        }
        return inspections.without(parcel, verdicts);
    }

    private Parcel later(Hook hook, Parcel parcel, String sentence) {
        log.failed(hook, parcel, sentence);
        return parcel.later(patience, Reason.INSPECTION_FAILED, Duration.ZERO, sentence);
    }
}
