package org.chatarchiver.sandbox;

import java.util.Set;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Kind;

/**
 * What must become of a message, by product.md 5 to 7, where automatic mapping is on.
 *
 * @param kind null where the message cannot be understood
 * @param mailboxes who gets it; empty where it is malformed
 * @param unmapped the values of participants that count as a failure of mapping
 * @param reason why it is malformed, oversize or only partially imported; null in good order
 */
public record Expectation(
        String network, String messageId, Kind kind, Set<String> mailboxes, Set<String> unmapped, Reason reason) {

    public Expectation {
        mailboxes = Set.copyOf(mailboxes);
        unmapped = Set.copyOf(unmapped);
    }

    Expectation because(Reason why) {
        return new Expectation(network, messageId, kind, mailboxes, unmapped, why);
    }

    Expectation malformed(Reason why) {
        return new Expectation(network, messageId, null, Set.of(), Set.of(), why);
    }

    /** Nothing can be filed: it counts one in <em>available for import</em> and one in <em>failed</em>. */
    public boolean isMalformed() {
        return kind == null;
    }

    public boolean isOversize() {
        return reason == Reason.TEXT_TOO_LARGE;
    }

    public boolean isPartial() {
        return reason != null && !isMalformed() && !isOversize();
    }

    /** E-mails that end up in mailboxes. */
    public int delivered() {
        return isOversize() ? 0 : mailboxes.size();
    }

    /** What the message adds to the report's <em>available for import</em> (product.md 12). */
    public int availableForImport() {
        return isMalformed() ? 1 : mailboxes.size() + unmapped.size();
    }
}
