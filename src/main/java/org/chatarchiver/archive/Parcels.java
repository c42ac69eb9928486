package org.chatarchiver.archive;

import org.chatarchiver.delivery.MailboxBatch;
import java.util.List;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.mime.Letter;
import org.chatarchiver.msexchange.transport.Batch;
import org.springframework.stereotype.Component;

/**
 * What the routes ask of parcels on their way. Asked of a bean rather than as {@code ${body.sends}}: for every body it has not met, the
 * simple language examines the class anew and takes the hash of everything in it.
 */
@Component("parcels")
public class Parcels {
    public boolean remote(@Body Parcel parcel) {
        return parcel.remote();
    }

    public Letter letter(@Body Parcel parcel) {
        return parcel.letter();
    }

    /** What is too large, in one list; none where there is nothing. */
    public List<List<Failure>> oversize(@Body Plan plan) {
        return together(plan.failures().stream().filter(Parcels::isOversize).toList());
    }

    /** What fails for another reason, in one list; none where there is nothing. */
    public List<List<Failure>> failures(@Body Plan plan) {
        return together(
                plan.failures().stream().filter(failure -> !isOversize(failure)).toList());
    }

    private static List<List<Failure>> together(List<Failure> failures) {
        return failures.isEmpty() ? List.of() : List.of(failures);
    }

    private static boolean isOversize(Failure failure) {
        return failure.channel() == Channel.OVERSIZE;
    }

    public List<MailboxBatch> batches(@Body Plan plan) {
        return plan.batches();
    }

    /** What was given up, in one list; none where there is nothing. */
    public List<List<Failure>> givenUp(@Body MailboxBatch batch) {
        return together(batch.failures());
    }

    public boolean doubtful(@Body MailboxBatch batch) {
        return batch.doubtful();
    }

    /** Whether anything is left to send. */
    public boolean left(@Body MailboxBatch batch) {
        return !batch.isEmpty();
    }

    public Batch emails(@Body MailboxBatch batch) {
        return batch.emails();
    }
}
