package org.chatarchiver.mapping;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.mapping.Participants.Participant;
import org.chatarchiver.message.Printable;

/** The order of the rules for one participant: the first that names an existing mailbox wins. */
final class ParticipantRules {
    private final Mappings.Current current;
    private final boolean automatic;
    private final MailboxAddresses addresses;
    private final Function<String, MailboxAnswer> lookup;

    ParticipantRules(
            Mappings.Current current,
            boolean automatic,
            MailboxAddresses addresses,
            Function<String, MailboxAnswer> lookup) {
        this.current = current;
        this.automatic = automatic;
        this.addresses = addresses;
        this.lookup = lookup;
    }

    Resolution resolve(Participant participant, Instant time) {
        List<Candidate> candidates = candidates(participant, time);
        List<Unmapped> passed = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<String> refusal = addresses.refusal(candidate.address());
            if (refusal.isPresent()) {
                passed.add(failure(participant, Reason.ADDRESS_REFUSED, candidate, refusal.get()));
                continue;
            }
            String mailbox = candidate.address().toLowerCase(Locale.ROOT);
            MailboxAnswer existence = lookup.apply(mailbox);
            if (existence instanceof MailboxAnswer.Present) {
                return new Resolution.Found(new Target(mailbox, candidate.rule(), participant.value()));
            }
            if (existence instanceof MailboxAnswer.Outage outage) {
                return new Resolution.Outage(outage.why());
            }
            if (existence instanceof MailboxAnswer.Troubled troubled) {
                return new Resolution.Waiting(new Postponed(
                        participant.value(),
                        troubled.reason(),
                        troubled.undecided(),
                        troubled.delay(),
                        troubled.why()));
            }
            passed.add(failure(participant, Reason.MAILBOX_NOT_FOUND, candidate, "does not exist"));
        }
        return unresolved(participant, candidates, passed);
    }

    private List<Candidate> candidates(Participant participant, Instant time) {
        List<Candidate> candidates = new ArrayList<>();
        if (current instanceof Mappings.Current.InUse inUse) {
            inUse.file()
                    .lookup(participant.value(), time)
                    .ifPresent(match -> candidates.add(new Candidate(
                            match.exact() ? Rule.MAPPING_FILE : Rule.EQUIVALENT_NUMBER, match.mailbox())));
        }
        if (automatic) {
            participant.emails().forEach(email -> candidates.add(new Candidate(Rule.AUTOMATIC, email)));
        }
        return candidates;
    }

    private static Resolution unresolved(Participant participant, List<Candidate> candidates, List<Unmapped> passed) {
        // Whoever stands in the file is inside the organisation; only there is the first candidate the file's.
        boolean inFile = !candidates.isEmpty() && candidates.get(0).rule() != Rule.AUTOMATIC;
        if (participant.owner()) {
            return new Resolution.Failed(telling(passed)
                    .orElseGet(() -> new Unmapped(
                            participant.value(),
                            true,
                            Reason.NO_MAPPING,
                            "No rule names a mailbox for the owner " + Printable.quoted(participant.value()) + ".")));
        }
        if (inFile) {
            return new Resolution.Failed(passed.get(0));
        }
        return telling(passed)
                .<Resolution>map(one -> new Resolution.NotServed(
                        new Unserved(one.participant(), participant.key(), one.reason(), one.sentence())))
                .orElseGet(Resolution.Nobody::new);
    }

    /** That a mailbox is missing says more than that an address was refused; of equal ones the first rule's counts. */
    private static Optional<Unmapped> telling(List<Unmapped> passed) {
        return passed.stream()
                .filter(failure -> failure.reason() == Reason.MAILBOX_NOT_FOUND)
                .findFirst()
                .or(() -> passed.stream().findFirst());
    }

    private static Unmapped failure(Participant participant, Reason reason, Candidate candidate, String what) {
        return new Unmapped(
                participant.value(),
                participant.owner(),
                reason,
                "The mailbox " + Printable.quoted(candidate.address()) + " that " + candidate.origin() + " names for "
                        + (participant.owner() ? "the owner " : "") + Printable.quoted(participant.value()) + " " + what
                        + ".");
    }

    private record Candidate(Rule rule, String address) {
        String origin() {
            return rule == Rule.AUTOMATIC ? "the source" : "the mapping file";
        }
    }
}
