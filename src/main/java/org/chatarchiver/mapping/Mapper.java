package org.chatarchiver.mapping;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.mapping.Participants.Participant;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.PartyIds;

/** From a message to the mailboxes it belongs to (product.md 6), of which a directory knows whether they exist. Safe for use by many threads. */
public final class Mapper {
    /** Stands for whoever is the owner. */
    public static final Collection<String> OWNER = List.of("");

    private final PartyIds ids;
    private final MailboxAddresses addresses;

    /** @param domains the only domains whose mailboxes are asked for; empty for all */
    public Mapper(PartyIds ids, Collection<String> domains) {
        this.ids = ids;
        this.addresses = new MailboxAddresses(domains);
    }

    /** The owner in the form in which owners are compared, the same in whatever notation; empty where it cannot be determined. */
    public String ownerKey(Message message) {
        return Participants.ownerKey(message, ids);
    }

    /** The comparable form of an owner of whom only the number is known. */
    public String ownerKey(String msisdn) {
        return PartyIds.isNobody(msisdn) ? "" : ids.received(msisdn).key();
    }

    /** Whether a mailbox may be asked for at the destination. */
    public boolean serves(String mailbox) {
        return addresses.refusal(mailbox).isEmpty();
    }

    /** Whether one is among the message's people, in whatever notation; the empty one, whoever is the owner, always is. */
    public Predicate<String> named(Message message) {
        Set<String> keys =
                Participants.of(message, ids).stream().map(Participant::key).collect(Collectors.toSet());
        return participant -> {
            String key = ids.received(participant).key();
            return key.isEmpty() || keys.contains(key);
        };
    }

    /** The rows of the mapping file that the message's people stand in, but for those that were told of. */
    public void met(Message message, Mappings.Current current, Consumer<MappingFile.MetRow> each) {
        if (current instanceof Mappings.Current.InUse inUse) {
            for (Participant participant : Participants.of(message, ids)) {
                inUse.file().met(participant.value(), message.time()).ifPresent(each);
            }
        }
    }

    /** Maps the owner alone: what a further capture of a known message adds. */
    public Mapping mapOwner(Message message, Rules rules, MailboxDirectory directory) {
        return resume(message, rules, OWNER, directory);
    }

    /** Maps all participants of a message that has not been mapped before. */
    public Mapping map(Message message, Rules rules, MailboxDirectory directory) {
        return map(message, rules, directory::lookup, true, participant -> true);
    }

    /**
     * Maps only some participants, past everything that the directory remembers: for a requeue. Gives nothing for one who is no owner
     * and stands in the mapping file no more.
     *
     * @param unresolved the {@link Unmapped#participant} of the failures to try again; the empty one stands for whoever is the owner
     */
    public Mapping remap(Message message, Rules rules, Collection<String> unresolved, MailboxDirectory directory) {
        return map(message, rules, unresolved, directory::lookupAgain);
    }

    /**
     * Maps only some participants: those whose mailboxes were in trouble. What the directory remembers counts, so that a thousand messages
     * that wait for one mailbox ask for it once.
     *
     * @param postponed the {@link Postponed#participant} of those who wait
     */
    public Mapping resume(Message message, Rules rules, Collection<String> postponed, MailboxDirectory directory) {
        return map(message, rules, postponed, directory::lookup);
    }

    private Mapping map(
            Message message, Rules rules, Collection<String> participants, Function<String, MailboxAnswer> lookup) {
        Set<String> keys =
                participants.stream().map(id -> ids.received(id).key()).collect(Collectors.toSet());
        return map(
                message,
                rules,
                lookup,
                keys.contains(""),
                p -> keys.contains(ids.received(p.value()).key()) || p.owner() && keys.contains(""));
    }

    private Mapping map(
            Message message,
            Rules rules,
            Function<String, MailboxAnswer> lookup,
            boolean ownerNeeded,
            Predicate<Participant> included) {
        if (rules.file() instanceof Mappings.Current.Unusable unusable) {
            return new Mapping.NotReady(unusable.why());
        }
        List<Participant> participants = Participants.of(message, ids);
        MappedParticipants mapped = new MappedParticipants();
        if (ownerNeeded && participants.stream().noneMatch(Participant::owner)) {
            mapped.add(new Unmapped(
                    "",
                    true,
                    Reason.OWNER_UNKNOWN,
                    "The message names neither its owner's number nor a participant who must be the owner."));
        }
        ParticipantRules order = new ParticipantRules(rules.file(), rules.automatic(), addresses, lookup);
        for (Participant participant : participants) {
            if (included.test(participant)) {
                Resolution resolution = order.resolve(participant, message.time());
                if (resolution instanceof Resolution.Outage outage) {
                    return new Mapping.Outage(outage.why());
                }
                mapped.add(resolution);
            }
        }
        return mapped.result();
    }
}
