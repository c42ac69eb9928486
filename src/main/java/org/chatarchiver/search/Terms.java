package org.chatarchiver.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.MessageSearch;
import org.chatarchiver.message.PartyId;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;

/**
 * What somebody looks for, in all the ways in which it may be meant.
 *
 * @param lookedFor those ways, each to stand behind "as"
 * @param notLookedFor one sentence: what cannot be found by it; null where all can
 */
record Terms(MessageSearch.Wanted wanted, List<String> lookedFor, String notLookedFor) {
    private static final Pattern EMAIL = Pattern.compile("<?([0-9a-fA-F]{40})@[^<>\\s]{1,200}>?");
    private static final String OTHERS =
            "Messages in which a number or id only takes part, beside the owner of the device and without a failure, are not found by it:"
                    + " look for the owner, for a mailbox or for the message id.";

    /** @param query without white space around it, not empty */
    static Terms of(String query, PartyIds ids) {
        List<String> lookedFor = new ArrayList<>(List.of("the source's message id " + Printable.quoted(query)));
        Optional<String> email = Optional.of(EMAIL.matcher(query))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).toLowerCase(Locale.ROOT));
        if (email.isPresent()) {
            lookedFor.add("the Message-ID of an e-mail");
            return new Terms(
                    new MessageSearch.Wanted(List.of(query), List.of(email.get()), List.of(), List.of()),
                    lookedFor,
                    null);
        }
        Set<String> targets = new LinkedHashSet<>(List.of(ItemTarget.participant(query)));
        if (query.indexOf('@') > 0) {
            targets.add(ItemTarget.mailbox(query));
            lookedFor.add("a mailbox");
        }
        Set<String> owners = new LinkedHashSet<>();
        for (PartyId id : List.of(ids.received(query), ids.written(query))) {
            owners.add(id.key());
            targets.addAll(writings(id.exact()));
            targets.addAll(writings(id.key()));
        }
        lookedFor.add("the owner of the device "
                + owners.stream()
                        .map(Printable::quoted)
                        .reduce((one, other) -> one + " or " + other)
                        .orElseThrow());
        lookedFor.add("a participant who has no mailbox");
        return new Terms(new MessageSearch.Wanted(List.of(query), List.of(), owners, targets), lookedFor, OTHERS);
    }

    /** As the source writes a number: with its plus or without, or as an id of WhatsApp. */
    private static List<String> writings(String id) {
        if (!id.startsWith("+")) {
            return List.of(ItemTarget.participant(id));
        }
        String digits = id.substring(1);
        return List.of(
                ItemTarget.participant(id),
                ItemTarget.participant(digits),
                ItemTarget.participant(digits + "@s.whatsapp.net"));
    }
}
