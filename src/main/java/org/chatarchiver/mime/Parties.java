package org.chatarchiver.mime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;

/**
 * Who wrote to whom.
 *
 * @param sender the source's {@code from}; where it gave none, the owner of an outgoing message; else {@link #UNKNOWN}
 * @param recipients the other participants in the source's order, each once
 */
record Parties(Party sender, List<Party> recipients) {
    static final Party UNKNOWN = Party.of("unknown");

    private static final int LONGEST_NAME = 100;

    static Parties of(Message message) {
        Party sender = sender(message);
        Set<String> seen = new HashSet<>();
        seen.add(sender.value());
        List<Party> recipients = new ArrayList<>(message.to().size());
        for (Party party : message.to()) {
            if (seen.add(party.value())) {
                recipients.add(party);
            }
        }
        return new Parties(sender, recipients);
    }

    private static Party sender(Message message) {
        if (message.from() != null) {
            return message.from();
        }
        boolean ownersOwn =
                message.direction() == Direction.OUT && !message.msisdn().isEmpty();
        return ownersOwn ? Party.of(message.msisdn()) : UNKNOWN;
    }

    /** For a subject: {@code Y}, {@code Y and 2 others}, or nothing. */
    String recipientsInShort() {
        if (recipients.isEmpty()) {
            return "";
        }
        String first = inShort(recipients.get(0));
        int others = recipients.size() - 1;
        return first + (others == 0 ? "" : others == 1 ? " and 1 other" : " and " + others + " others");
    }

    String senderInShort() {
        return inShort(sender);
    }

    private static String inShort(Party party) {
        return Clean.shortened(Addresses.name(party), LONGEST_NAME);
    }

    /** For a body: {@code Ann Lee (+447700900123)}. */
    static String inFull(Party party) {
        String name = Addresses.name(party);
        return party.value().isEmpty() || name.equals(party.value())
                ? name
                : name + " (" + Clean.header(party.value()) + ")";
    }
}
