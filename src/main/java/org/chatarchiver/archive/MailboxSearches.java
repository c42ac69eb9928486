package org.chatarchiver.archive;

import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.delivery.FaultReasons;
import org.chatarchiver.delivery.OutageException;
import org.chatarchiver.delivery.Outages;
import org.chatarchiver.mapping.MailboxAnswer;
import org.chatarchiver.mapping.MailboxAnswers;
import org.chatarchiver.message.Printable;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Existence.Unknown;
import org.chatarchiver.msexchange.transport.Fault;
import org.springframework.stereotype.Component;

/**
 * Looks for the mailboxes of messages, where nothing is known with the destination's help. An outage is noted with the mailbox that met
 * it, which can then be probed.
 */
@Component("mailboxSearches")
public class MailboxSearches {
    private final Mailboxes mailboxes;
    private final MailboxAnswers answers;
    private final Outages outages;

    MailboxSearches(Mailboxes mailboxes, MailboxAnswers answers, Outages outages) {
        this.mailboxes = mailboxes;
        this.answers = answers;
        this.outages = outages;
    }

    /** Looks in what is known already. */
    public MailboxSearch begin(@Body KnownMessage message) {
        return new MailboxSearch(message, mailboxes, answers);
    }

    /** Whether a mailbox is left that has to be asked for. A loop asks this before it looks whether a step has failed, whatever the body is then. */
    public boolean open(@Variable(ArchiveVariables.SEARCH) MailboxSearch search) {
        return search.isOpen();
    }

    /** Whether the next mailbox is unknown still: not where somebody else has asked for it meanwhile. */
    public boolean unknown(@Body MailboxSearch search) {
        return search.asks();
    }

    /** The address that is asked for. */
    public String mailbox(@Body MailboxSearch search) {
        return search.mailbox();
    }

    public void learn(@Body Existence answer, @Variable(ArchiveVariables.SEARCH) MailboxSearch search) {
        search.learn(told(search.mailbox(), answer));
    }

    /** After an answer, or without one: whoever else wants to know does not wait any longer. */
    public void end(@Variable(ArchiveVariables.SEARCH) MailboxSearch search) {
        search.end();
    }

    /** @throws OutageException if the destination as a whole cannot say now which mailboxes exist */
    public MailboxSearch goOn(@Variable(ArchiveVariables.SEARCH) MailboxSearch search) {
        search.goOn();
        return search;
    }

    private MailboxAnswer told(String mailbox, Existence answer) {
        if (answer instanceof Unknown unknown) {
            return unanswered(mailbox, unknown);
        }
        outages.understood();
        return answer instanceof Existence.Present ? new MailboxAnswer.Present() : new MailboxAnswer.Missing();
    }

    private MailboxAnswer unanswered(String mailbox, Unknown unknown) {
        Fault fault = unknown.fault();
        if (fault.outage()) {
            String why = fault + ": " + unknown.detail();
            outages.begin(mailbox, why);
            return new MailboxAnswer.Outage(why);
        }
        if (fault.undecided()) {
            outages.suspect(mailbox, unknown.detail());
        }
        return new MailboxAnswer.Troubled(
                FaultReasons.reason(fault),
                fault.undecided(),
                unknown.delay(),
                "Whether the mailbox " + Printable.of(mailbox) + " exists could not be told: " + fault + ", "
                        + unknown.detail());
    }
}
