package org.chatarchiver.verify;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.DifferenceKind;

/**
 * Which differences of several runs were told before: what belongs to no run, as of the audit log, or an e-mail that is none of ours, is
 * found with each.
 */
public final class FoundOnce {
    private final Set<String> told = new HashSet<>();

    /** Whether it is told for the first time. */
    public boolean isNew(Difference difference) {
        return told.add(key(difference));
    }

    private static String key(Difference difference) {
        boolean ofRun = difference.page() != null || difference.messageId() == null && difference.mailbox() == null;
        String run = ofRun && difference.kind() != DifferenceKind.AUDIT_BROKEN ? difference.run() : "";
        return Stream.of(
                        difference.kind(),
                        run,
                        difference.page(),
                        difference.position(),
                        difference.mailbox(),
                        difference.messageId(),
                        difference.sentence())
                .map(String::valueOf)
                .collect(Collectors.joining("|"));
    }
}
