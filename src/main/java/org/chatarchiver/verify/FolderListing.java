package org.chatarchiver.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Listing;

/** What lies in a folder of a mailbox around the window of a run, or a period, asked for in parts. Not for several threads. */
public final class FolderListing extends MailboxQuestion {
    /** Messages may come late, so that their times are before the window. What lies further off is looked for by its Message-ID. */
    private static final Duration BEFORE = Duration.ofDays(1);

    private static final Duration BEHIND = Duration.ofHours(1);

    private final Listing first;
    private final long digest;
    private final Instant from;
    private final Instant to;
    private final Map<String, String> strangers = new HashMap<>();
    private String behind;
    private Set<String> before = Set.of();

    /** @param to with {@code from} the time of the e-mails that the ledger must know; not in it */
    FolderListing(Verification verification, String mailbox, Instant from, Instant to) {
        super(verification, mailbox);
        this.from = from;
        this.to = to;
        this.first = new Listing(mailbox, verification.folder(), from.minus(BEFORE), to.plus(BEHIND), null);
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

    /** Message-IDs by the digits that they begin with: of e-mails in that time that are none of the run's. */
    Map<String, String> strangers() {
        return strangers;
    }

    boolean isInWindow(Listed.Header email) {
        return isWithin(email.received()) || isWithin(email.sent());
    }

    private boolean isWithin(Instant time) {
        return time != null && !time.isBefore(from) && time.isBefore(to);
    }
}
