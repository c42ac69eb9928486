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
import org.chatarchiver.ledger.FoundMessage.Replayed;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.message.Printable;

/** Says why a message is, or is not, in the mailboxes, and what to do about it. */
final class Explanation {
    private static final String END = "; nothing is to be done.";

    private final FoundMessage found;
    private final String folder;
    private final Optional<String> hindrance;

    /**
     * @param folder that the connector's e-mails go into, for items of runs that kept none; null where nobody knows
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
        if (isInDoubt(one)) {
            return inDoubt(one, whom);
        }
        return switch (item.state()) {
            case IMPORTED -> "It is in " + whom + place(one) + END;
            case PARTIAL ->
                "It is in " + whom + place(one) + ", but not as it was sent" + why(item)
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

    /** A replay asks after it: what the ledger says of it is that it was there. */
    private static boolean isInDoubt(FoundItem one) {
        return !one.item().state().isFinal()
                && (one.replayed() == Replayed.LOOKED_FOR || one.replayed() == Replayed.MISSING);
    }

    private String inDoubt(FoundItem one, String whom) {
        Item item = one.item();
        return "It was delivered to " + whom + "; a replay "
                + (one.replayed() == Replayed.MISSING
                        ? "has not found it there and has it sent again"
                        : "is looking whether it still is there")
                + (item.reason() == null ? "." : why(item)) + hindered();
    }

    /** Of all of it. */
    String sentence() {
        List<FoundItem> items = found.items();
        if (items.isEmpty()) {
            return withoutItems();
        }
        if (items.size() == 1) {
            return whole(of(items.get(0)));
        }
        long there = items.stream().filter(one -> isThere(one.item())).count();
        long doubted = items.stream().filter(Explanation::isInDoubt).count();
        FoundItem worst =
                items.stream().min(Comparator.comparing(this::urgency)).orElseThrow();
        String counted = counted(there, items.size())
                + (doubted == 0 ? "" : ", and was delivered to " + doubted + " that a replay is looking into");
        return whole(
                urgency(worst) == Urgency.NONE
                        ? counted + END
                        : counted + ". " + which(worst, items.size() - there) + ": " + of(worst));
    }

    /** @param others that it is not in */
    private static String which(FoundItem worst, long others) {
        if (isThere(worst.item())) {
            return "Of one";
        }
        return others == 1 ? "The other" : "Of one of the others";
    }

    private String counted(long there, int known) {
        if (found.cut()) {
            return "It is in " + there + " of the first " + known + " mailboxes that it is for";
        }
        if (there < known) {
            return "It is in " + there + " of " + known + " mailboxes that it is for";
        }
        return "It is in "
                + (found.inWork()
                        ? "the " + there + " mailboxes that are known"
                        : "all " + there + " mailboxes that it is for");
    }

    /** While there may be more of it, nobody knows that nothing is to be done. */
    private String whole(String sentence) {
        if (found.cut()) {
            return ending(sentence) + " What became of the rest is in the list of its run's items.";
        }
        return found.inWork()
                ? ending(sentence) + " A page that it was met on is still in work: further mailboxes may follow."
                : sentence;
    }

    private static String ending(String sentence) {
        return sentence.endsWith(END) ? sentence.substring(0, sentence.length() - END.length()) + "." : sentence;
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
        if (isInDoubt(one)) {
            return Urgency.ON_ITS_WAY;
        }
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

    private String place(FoundItem one) {
        String into = one.folder() == null ? folder : one.folder();
        boolean found = one.replayed() == Replayed.LOOKED_FOR || one.replayed() == Replayed.CONFIRMED;
        return (into == null ? "" : ", in the folder " + Printable.quoted(into))
                + (found ? ", last confirmed " : ", since ")
                + time(one.updated());
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
        return " " + Advice.of(item.reason(), isOwner(item)) + ", then " + requeue + ".";
    }

    /** Whether it is for one whose device captured the message. */
    private boolean isOwner(Item item) {
        return !item.hasMailbox()
                && (item.target().equals(ItemTarget.participant(found.revision().owner()))
                        || found.captures().stream()
                                .anyMatch(one -> item.target().equals(ItemTarget.participant(one.msisdn()))));
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
