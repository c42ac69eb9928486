package org.chatarchiver.verify;

import static org.chatarchiver.ledger.DifferenceKind.DOUBLED;
import static org.chatarchiver.ledger.DifferenceKind.UNKNOWN_ITEM;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.DifferenceKind;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.Evidence.Delivered;
import org.chatarchiver.ledger.KnownEmails;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.Printable;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.mime.MessageIds;
import org.chatarchiver.msexchange.transport.Listed;
import org.springframework.stereotype.Component;

/**
 * Reads through the folders into which a run has delivered, around its window: what of its items is there, what is there twice, and what
 * is there that looks like ours and is not.
 */
@Component("folderCheck")
public class FolderCheck {
    /** The variable that holds the {@link FolderListing} while the destination is asked. */
    public static final String LISTING = "listing";

    private static final int ITEMS_AT_ONCE = 5_000;
    private static final int MOST_STRANGERS = 5_000;

    private final Evidence evidence;
    private final KnownEmails known;
    private final OtherMailboxes others;
    private final MessageIds ids;

    FolderCheck(Evidence evidence, KnownEmails known, OtherMailboxes others, ChatMime mime) {
        this.evidence = evidence;
        this.known = known;
        this.others = others;
        this.ids = mime.ids();
    }

    /**
     * The folders of all mailboxes that the run has delivered to, and of the others where those are wanted; without those that were read
     * through before the verification was broken off.
     *
     * @throws IOException where it cannot be read which others there are
     */
    public Iterator<FolderListing> folders(@Body Verification verification) throws IOException {
        Run run = verification.run();
        Set<String> mailboxes = new LinkedHashSet<>();
        evidence.pages(run.id()).forEach(kept -> {
            List<Delivered> part = List.of();
            do {
                verification.goOn();
                Delivered last = part.isEmpty() ? null : part.get(part.size() - 1);
                part = evidence.delivered(kept.page(), last, ITEMS_AT_ONCE);
                part.forEach(item -> expect(verification, item, mailboxes));
            } while (part.size() == ITEMS_AT_ONCE);
        });
        Set<String> others = others(verification, mailboxes);
        verification.recall();
        int all = mailboxes.size() + others.size();
        mailboxes.removeIf(verification::wasRead);
        others.removeIf(verification::wasRead);
        verification.mailboxes(all, all - mailboxes.size() - others.size());
        return Stream.concat(
                        mailboxes.stream()
                                .map(mailbox -> new FolderListing(verification, mailbox, run.from(), run.to())),
                        others.stream()
                                .map(mailbox -> new FolderListing(
                                        verification,
                                        mailbox,
                                        verification.others().orElseThrow().from(),
                                        verification.others().orElseThrow().to())))
                .iterator();
    }

    private Set<String> others(Verification verification, Set<String> mailboxes) throws IOException {
        return verification.others().isEmpty()
                ? new LinkedHashSet<>()
                : others.of(
                        verification.run().connector(), verification.others().get(), mailboxes);
    }

    private void expect(Verification verification, Delivered item, Set<String> mailboxes) {
        mailboxes.add(item.mailbox());
        if (MailboxCheck.isWhole(item.sourceId())) {
            verification.items().expect(key(verification, item));
        } else {
            verification.nameless();
        }
    }

    private long key(Verification verification, Delivered item) {
        return verification.key(item.mailbox(), MailboxCheck.messageId(ids, verification, item));
    }

    /** Takes a part of the destination's answer. */
    public FolderListing answered(@Body Listed answer, @Variable(LISTING) FolderListing listing) {
        listing.verification().goOn();
        if (answer instanceof Listed.Unclear unclear) {
            listing.unclear(unclear.fault(), unclear.delay(), unclear.detail());
        } else {
            listing.fresh((Listed.Part) answer).forEach(email -> met(listing, email));
            if (listing.strangers().size() > MOST_STRANGERS) {
                judge(listing);
            }
        }
        return listing;
    }

    private void met(FolderListing listing, Listed.Header email) {
        ids.digits(email.messageId()).ifPresent(digits -> {
            switch (listing.verification().met(ItemKeys.key(listing.digest(), digits))) {
                case UNKNOWN -> {
                    if (listing.isInWindow(email)) {
                        listing.strangers().put(digits, email.messageId());
                    }
                }
                case DOUBLED -> found(listing, DOUBLED, email.messageId(), doubled(listing.verification()));
                default -> {
                    // As it should be, or told before.
                }
            }
        });
    }

    /** The last step for a folder. */
    public void done(@Body FolderListing listing) {
        judge(listing);
        listing.verification().mailboxDone(listing.mailbox());
    }

    /** An item whose Message-ID cannot be computed any more would be taken for one of somebody else. */
    private void judge(FolderListing listing) {
        if (!listing.verification().hasNameless()) {
            List<String> unknown =
                    new ArrayList<>(known.unknown(listing.strangers().keySet()));
            unknown.forEach(digits ->
                    found(listing, UNKNOWN_ITEM, listing.strangers().get(digits), unknown(listing.verification())));
        }
        listing.strangers().clear();
    }

    static String doubled(Verification verification) {
        return "The e-mail is in " + folder(verification)
                + " more than once: somebody has copied it, or has filed it past the archiver. One copy is enough: have the"
                + " others removed where your retention policies allow it";
    }

    private static String unknown(Verification verification) {
        return "An e-mail in " + folder(verification)
                + " has a Message-ID as the archiver gives it, and the ledger knows nothing of it: somebody has put it there, or"
                + " its rows were removed from the ledger; look at the e-mail, and compare with a backup of the ledger";
    }

    static String folder(Verification verification) {
        return "the folder " + Printable.quoted(verification.folder());
    }

    private static void found(FolderListing listing, DifferenceKind kind, String messageId, String sentence) {
        String run = listing.verification().run().id();
        listing.verification().found(new Difference(kind, run, null, null, listing.mailbox(), messageId, sentence));
    }
}
