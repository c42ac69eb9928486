package org.chatarchiver.verify;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;

/** What lies in a folder of a mailbox around the window of a run, asked for in parts. Not for several threads. */
public final class FolderListing extends MailboxQuestion {
    private final Listing first;
    private final long digest;
    private final Map<String, String> strangers = new HashMap<>();
    private String behind;
    private Set<String> before = Set.of();

    FolderListing(Verification verification, String mailbox, Listing first) {
        super(verification, mailbox);
        this.first = first;
        this.digest = ItemKeys.mailbox(mailbox);
    }

    /** The body of {@code microsoft-exchange:list}. */
    public Listing getListing() {
        return new Listing(first.mailbox(), first.folder(), first.from(), first.until(), behind);
    }

    /** As {@link ItemKeys#key} takes it. */
    long digest() {
        return digest;
    }

    /** What the answer tells that the part before it has not told: what is filed meanwhile moves others on. */
    List<Listed.Header> fresh(Listed.Part part) {
        List<Listed.Header> fresh = part.emails().stream()
                .filter(email -> !before.contains(email.id()))
                .toList();
        before = part.emails().stream().map(Listed.Header::id).collect(Collectors.toSet());
        behind = part.next();
        if (behind == null) {
            answered();
        } else {
            goesOn();
        }
        return fresh;
    }

    /** Message-IDs by the digits that they begin with: of e-mails in the run's window that are none of the run's. */
    Map<String, String> strangers() {
        return strangers;
    }

    boolean isInWindow(Listed.Header email) {
        Run run = verification().run();
        return isWithin(run, email.received()) || isWithin(run, email.sent());
    }

    private static boolean isWithin(Run run, Instant time) {
        return time != null && !time.isBefore(run.from()) && time.isBefore(run.to());
    }
}
