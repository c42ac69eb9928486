package org.chatarchiver.mapping;

import java.util.Optional;
import org.chatarchiver.message.Blanks;
import org.chatarchiver.message.Printable;

/** Whether a mailbox of a mapping file can be one. */
final class MailboxCheck {
    private MailboxCheck() {}

    /** Why it cannot, as a sentence; empty where it can. */
    static Optional<String> refusal(String cell) {
        String mailbox = Blanks.cutOff(cell);
        if (mailbox.isEmpty()) {
            return Optional.of("The Microsoft 365 User Mailbox is empty.");
        }
        String named = "The mailbox " + Printable.quoted(mailbox);
        Optional<String> noValue = CellCheck.noValue(mailbox).map(fault -> named + " " + fault);
        if (noValue.isPresent()) {
            return noValue;
        }
        if (CellCheck.hasHidden(mailbox)) {
            return Optional.of(named + " has control characters or line breaks, or signs that cannot be seen.");
        }
        if (CellCheck.isFormula(mailbox)) {
            return Optional.of(named + " looks like a formula of a spreadsheet.");
        }
        if (CellCheck.hasApostrophe(mailbox)) {
            return Optional.of(
                    named + " begins with an apostrophe, by which a spreadsheet marks a text; leave it out.");
        }
        return MailboxAddresses.isValid(mailbox) ? Optional.empty() : Optional.of(named + " is not a valid address.");
    }
}
