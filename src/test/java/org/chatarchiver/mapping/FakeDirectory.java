package org.chatarchiver.mapping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chatarchiver.ledger.Reason;

/** A destination whose mailboxes are created and deleted by the test; remembers what it was asked. */
final class FakeDirectory implements MailboxDirectory {
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, MailboxAnswer> mailboxes = Collections.synchronizedMap(new HashMap<>());

    FakeDirectory with(String... present) {
        for (String mailbox : present) {
            mailboxes.put(mailbox, new MailboxAnswer.Present());
        }
        return this;
    }

    void delete(String mailbox) {
        mailboxes.remove(mailbox);
    }

    void breakDown(String mailbox, String why) {
        mailboxes.put(mailbox, new MailboxAnswer.Outage(why));
    }

    void trouble(String mailbox, Duration delay) {
        mailboxes.put(mailbox, new MailboxAnswer.Troubled(Reason.THROTTLED, false, delay, "It is throttled."));
    }

    @Override
    public MailboxAnswer lookup(String mailbox) {
        asked.add(mailbox);
        return mailboxes.getOrDefault(mailbox, new MailboxAnswer.Missing());
    }

    @Override
    public MailboxAnswer lookupAgain(String mailbox) {
        return lookup(mailbox);
    }
}
