package org.chatarchiver.archive;

import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.delivery.MailboxBatch;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.mime.ArchivedMessage;
import org.springframework.stereotype.Component;

/**
 * What the routes ask of messages on their way. Asked of a bean rather than as {@code ${body.sends}}: for every body it has not met, the
 * simple language examines the class anew and takes the hash of everything in it.
 */
@Component("messageSteps")
public class MessageSteps {
    public boolean remote(@Body MappedMessage message) {
        return message.remote();
    }

    public ArchivedMessage archived(@Variable(ArchiveVariables.MESSAGE) FittedMessage message) {
        return message.archived();
    }

    /** Puts the finished e-mail beside its message. */
    public MarshalledMessage marshalled(@Body byte[] email, @Variable(ArchiveVariables.MESSAGE) FittedMessage message) {
        return new MarshalledMessage(message, email);
    }

    /** What is too large, in one list; none where there is nothing. */
    public List<List<Failure>> oversize(@Body Plan plan) {
        return together(
                plan.failures().stream().filter(MessageSteps::isOversize).toList());
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
}
