package org.chatarchiver.delivery;

import java.util.List;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.msexchange.transport.Batch;
import org.springframework.stereotype.Component;

/** What the routes ask of mailbox batches on their way. */
@Component("batchSteps")
public class BatchSteps {
    /** What was given up, in one list; none where there is nothing. */
    public List<List<Failure>> givenUp(@Body MailboxBatch batch) {
        return batch.failures().isEmpty() ? List.of() : List.of(batch.failures());
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
