package org.chatarchiver.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.message.Blanks;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.chatarchiver.message.PartyIds;

/** The people of one message, each once however often and in whatever notation it stands there; the owner first. */
final class Participants {
    private final PartyIds ids;
    private final Message message;
    private final Map<String, Participant> byKey = new LinkedHashMap<>();

    private Participants(PartyIds ids, Message message) {
        this.ids = ids;
        this.message = message;
    }

    static List<Participant> of(Message message, PartyIds ids) {
        return new Participants(ids, message).ownerFirst();
    }

    /** What the owners of two captures are the same person by; empty where the owner cannot be determined. */
    static String ownerKey(Message message, PartyIds ids) {
        Participants participants = new Participants(ids, message);
        return participants.owner().map(participants::key).orElse("");
    }

    private List<Participant> ownerFirst() {
        Optional<Party> owner = owner();
        owner.ifPresent(party -> add(party, true));
        people().forEach(party -> add(party, false));
        return List.copyOf(byKey.values());
    }

    private void add(Party party, boolean owner) {
        byKey.computeIfAbsent(key(party), key -> new Participant(party.value(), key, owner, new ArrayList<>()))
                .add(party.email());
    }

    /** The number of the device wherever it is given: {@code from} and ids never displace it, a participant that equals it lends its address. */
    private Optional<Party> owner() {
        if (PartyIds.isNobody(message.msisdn())) {
            return ownerByDirection();
        }
        String msisdn = ids.received(message.msisdn()).key();
        return people().stream()
                .filter(party -> key(party).equals(msisdn))
                .findFirst()
                .or(() -> Optional.of(Party.of(message.msisdn())));
    }

    /** Of an outgoing message without a sender the sole recipient is certainly not the owner. */
    private Optional<Party> ownerByDirection() {
        if (message.direction() == Direction.OUT) {
            return Optional.ofNullable(message.from()).filter(Participants::isPerson);
        }
        List<Party> recipients =
                message.to().stream().filter(Participants::isPerson).toList();
        boolean sole = recipients.stream().map(this::key).distinct().count() == 1;
        return sole ? Optional.of(recipients.get(0)) : Optional.empty();
    }

    private List<Party> people() {
        return message.participants().stream().filter(Participants::isPerson).toList();
    }

    private static boolean isPerson(Party party) {
        return !PartyIds.isNobody(party.value());
    }

    private String key(Party party) {
        return ids.received(party.value()).key();
    }

    /**
     * @param value as it first stands in the message
     * @param key what all ids of this person have
     * @param emails as the source carries them, without what cannot be seen around them, and without blank ones
     */
    record Participant(String value, String key, boolean owner, List<String> emails) {
        private void add(String carried) {
            String email = Blanks.cutOff(carried);
            if (!email.isEmpty() && !emails.contains(email)) {
                emails.add(email);
            }
        }
    }
}
