package org.chatarchiver.search;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.FoundMessage;
import org.chatarchiver.ledger.FoundMessage.FoundEntry;
import org.chatarchiver.ledger.FoundMessage.FoundItem;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.message.Printable;

/** Says why a message is, or is not, in the mailboxes, and what to do about it. */
final class Explanation {
    private final FoundMessage found;
    private final String folder;
    private final Optional<String> hindrance;

    /**
     * @param folder that its e-mails go into; null where nobody knows
     * @param hindrance why nothing of its connector is delivered now
     */
    Explanation(FoundMessage found, String folder, Optional<String> hindrance) {
        this.found = found;
        this.folder = folder;
        this.hindrance = hindrance;
    }

    /** Of one of its items. */
    String of(FoundItem one) {
        Item item = one.item();
        String whom = whom(item);
        return switch (item.state()) {
            case IMPORTED -> "It is in " + whom + place(one.updated()) + "; nothing is to be done.";
            case PARTIAL ->
                "It is in " + whom + place(one.updated()) + ", but not as it was sent" + why(item)
                        + " The original is on the landed page.";
            case RETRY ->
                "It is not in " + whom + " yet"
                        + (item.reason() == null ? ": another try was asked for." : why(item))
                        + " It is tried again by itself, at " + time(item.retryAt()) + " or later." + hindered();
            case SENDING -> "It is on its way to " + whom + "." + hindered();
            case FAILING -> "It is not in " + whom + why(item) + " Its channel is about to get it.";
            case FAILED -> "It is not in " + whom + why(item) + cure(item);
        };
    }

    /** Of all of it. */
    String sentence() {
        List<FoundItem> items = found.items();
        if (items.isEmpty()) {
            return withoutItems();
        }
        if (items.size() == 1) {
            return of(items.get(0));
        }
        long there = items.stream().filter(one -> isThere(one.item())).count();
        FoundItem worst =
                items.stream().min(Comparator.comparing(this::urgency)).orElseThrow();
        String counted = there == items.size()
                ? "It is in all " + there + " mailboxes that it is for"
                : "It is in " + there + " of " + items.size() + " mailboxes that it is for";
        return urgency(worst) == Urgency.NONE
                ? counted + "; nothing is to be done."
                : counted + ". Of " + (isThere(worst.item()) ? "one" : "one of the others") + ": " + of(worst);
    }

    private enum Urgency {
        OPEN,
        WAITS,
        ON_ITS_WAY,
        CLOSED,
        PARTIAL,
        NONE
    }

    private Urgency urgency(FoundItem one) {
        return switch (one.item().state()) {
            case FAILED -> decision(one.item()).isPresent() ? Urgency.CLOSED : Urgency.OPEN;
            case RETRY -> Urgency.WAITS;
            case SENDING, FAILING -> Urgency.ON_ITS_WAY;
            case PARTIAL -> Urgency.PARTIAL;
            case IMPORTED -> Urgency.NONE;
        };
    }

    private static boolean isThere(Item item) {
        return item.state() == ItemState.IMPORTED || item.state() == ItemState.PARTIAL;
    }

    private String withoutItems() {
        if (Revision.isMalformed(found.revision().sourceId())) {
            return "It could not be understood once, and could after a requeue: it is archived under its own message id.";
        }
        return "It is on its way: it was met on page " + found.revision().page() + " of the run "
                + found.revision().run() + " and is about to be delivered for the first time." + hindered();
    }

    private String whom(Item item) {
        if (item.mailbox() != null) {
            return "the mailbox " + Printable.quoted(item.mailbox());
        }
        String participant = ItemTarget.participantOf(item.target());
        return participant.isEmpty() ? "any mailbox" : "a mailbox of " + Printable.quoted(participant);
    }

    private String place(Instant since) {
        return (folder == null ? "" : ", in the folder " + Printable.quoted(folder)) + ", since " + time(since);
    }

    /** Begins behind a clause and ends with a full stop. */
    private static String why(Item item) {
        String detail = item.detail() == null ? "" : item.detail().strip();
        String cut = detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
        return (cut.isEmpty() ? "" : ": " + Printable.of(cut)) + " (" + item.reason() + ").";
    }

    private String cure(Item item) {
        Optional<Decisions.Decision> decision = decision(item);
        if (decision.isPresent()) {
            return " " + Printable.of(decision.get().by()) + " has decided at "
                    + time(decision.get().at()) + " that no more is done for it: "
                    + Printable.quoted(decision.get().why()) + ".";
        }
        String requeue = entry(item)
                .map(entry -> "requeue entry " + entry.id() + " of the channel "
                        + entry.channel().id())
                .orElse("requeue it");
        return " " + Advice.of(item.reason()) + ", then " + requeue + ".";
    }

    private Optional<Decisions.Decision> decision(Item item) {
        return entry(item).map(Channels.Entry::decision);
    }

    private Optional<Channels.Entry> entry(Item item) {
        return found.entries().stream()
                .filter(entry -> item.target().equals(entry.target()))
                .map(FoundEntry::entry)
                .findFirst();
    }

    private String hindered() {
        return hindrance
                .map(sentence -> " Nothing of the connector is delivered meanwhile. " + sentence)
                .orElse("");
    }

    private static String time(Instant time) {
        return time == null ? "once" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
