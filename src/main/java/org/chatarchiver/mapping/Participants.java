package org.chatarchiver.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;

/** The people of one message, each once however often and in whatever notation it stands there; the owner first. */
final class Participants {
    private final PhoneNumbers numbers;
    private final Message message;
    private final Map<String, Participant> byKey = new LinkedHashMap<>();

    private Participants(PhoneNumbers numbers, Message message) {
        this.numbers = numbers;
        this.message = message;
    }

    static List<Participant> of(Message message, PhoneNumbers numbers) {
        return new Participants(numbers, message).ownerFirst();
    }

    private List<Participant> ownerFirst() {
        Optional<Party> owner = owner();
        owner.ifPresent(party -> add(party, true));
        message.participants().forEach(party -> add(party, false));
        return List.copyOf(byKey.values());
    }

    private void add(Party party, boolean owner) {
        byKey.computeIfAbsent(key(party), key -> new Participant(party.value(), owner, new ArrayList<>()))
                .add(party.email());
    }

    private Optional<Party> owner() {
        boolean known = !message.msisdn().isBlank();
        String msisdn = numbers.received(message.msisdn());
        return message.participants().stream()
                .filter(party -> known && key(party).equals(msisdn))
                .findFirst()
                .or(this::ownerByDirection)
                .or(() -> known ? Optional.of(Party.of(message.msisdn())) : Optional.empty());
    }

    /** Of an outgoing message without a sender the sole recipient is certainly not the owner. */
    private Optional<Party> ownerByDirection() {
        if (message.direction() == Direction.OUT) {
            return Optional.ofNullable(message.from());
        }
        boolean sole = message.to().stream().map(this::key).distinct().count() == 1;
        return sole ? Optional.of(message.to().get(0)) : Optional.empty();
    }

    private String key(Party party) {
        return numbers.received(party.value());
    }

    /**
     * @param value as it first stands in the message
     * @param emails as the source carries them, without blank ones
     */
    record Participant(String value, boolean owner, List<String> emails) {
        private void add(String email) {
            if (!email.isBlank() && !emails.contains(email)) {
                emails.add(email);
            }
        }
    }
}
