package org.chatarchiver.msexchange.transport;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Tells what is wrong with one mailbox from refused credentials, which servers answer alike: by opening another mailbox at this very
 * moment. That is the probe mailbox, where there is one, else those that could be opened before. An earlier success proves nothing:
 * credentials can have been revoked since.
 */
public final class RefusedLogins {
    private final String probeMailbox;
    private final LogIns logIns;
    private final UnaryOperator<TransportError> ofThisMailbox;
    private final Refusals refusals;

    /** Opens mailboxes with the credentials in question. */
    public interface LogIns {
        void attempt(String mailbox) throws TransportException;

        /** The mailboxes that could be opened last, the latest first. */
        List<String> worked();
    }

    /** @param ofThisMailbox what a refusal means once another mailbox could be opened */
    public RefusedLogins(String probeMailbox, LogIns logIns, UnaryOperator<TransportError> ofThisMailbox) {
        this(probeMailbox, logIns, ofThisMailbox, null);
    }

    /** @param refusals for a server that says of a mailbox which is not there something else: a second refused mailbox tells, then */
    public RefusedLogins(
            String probeMailbox, LogIns logIns, UnaryOperator<TransportError> ofThisMailbox, Refusals refusals) {
        this.probeMailbox = probeMailbox;
        this.logIns = logIns;
        this.ofThisMailbox = ofThisMailbox;
        this.refusals = refusals;
    }

    /** An error of another kind comes back as it is; so does one that nothing settles, since no other mailbox could tell. */
    public TransportError settle(String mailbox, TransportError error) {
        if (error.fault() != Fault.LOGIN_REFUSED) {
            return error;
        }
        TransportError answer = mailbox.equalsIgnoreCase(probeMailbox) ? credentials(error) : error;
        for (String other : references(mailbox)) {
            TransportError elsewhere = attempt(other);
            if (elsewhere == null) {
                return onceMore(mailbox, error);
            }
            if (elsewhere.fault().outage()) {
                return elsewhere;
            }
            // Any other error is that mailbox's own, and says nothing of this one.
            answer = elsewhere.fault() == Fault.LOGIN_REFUSED ? credentials(elsewhere) : answer;
        }
        if (refusals != null) {
            refusals.refused(mailbox);
            return refusals.others(mailbox) ? credentials(error) : answer;
        }
        return answer;
    }

    /** The probe mailbox, and those that worked: the probe may be the one that is refused. */
    private Set<String> references(String mailbox) {
        Set<String> all = new LinkedHashSet<>(others(mailbox));
        all.addAll(logIns.worked());
        all.removeIf(mailbox::equalsIgnoreCase);
        return all;
    }

    /** A mailbox that cannot be opened now, where others can; where none can, the destination is out. */
    public TransportError settleUnavailable(String mailbox, TransportError error) {
        TransportError answer = error;
        for (String other : others(mailbox)) {
            TransportError elsewhere = attempt(other);
            if (elsewhere == null) {
                return error;
            }
            boolean out =
                    elsewhere.fault() == Fault.UNAVAILABLE || elsewhere.fault().outage();
            answer = out ? error.as(Fault.UNREACHABLE) : answer;
        }
        return answer;
    }

    /** Not an outage before another request fails, too: to another mailbox, or over another connection where none is known. */
    public TransportError settleUnreachable(String mailbox, TransportError error) {
        List<String> all = new ArrayList<>(others(mailbox));
        all.add(mailbox);
        for (String one : all) {
            TransportError elsewhere = attempt(one);
            if (elsewhere != null && elsewhere.fault().outage()) {
                return error;
            }
            if (elsewhere == null || elsewhere.fault() != Fault.BUSY && elsewhere.fault() != Fault.THROTTLED) {
                break;
            }
        }
        return error.as(Fault.UNAVAILABLE);
    }

    private List<String> others(String mailbox) {
        List<String> all = probeMailbox == null ? logIns.worked() : List.of(probeMailbox);
        return all.stream().filter(other -> !other.equalsIgnoreCase(mailbox)).toList();
    }

    /** A server that refuses one log-in among many by mistake must not have e-mails rejected for good. */
    private TransportError onceMore(String mailbox, TransportError error) {
        TransportError again = attempt(mailbox);
        if (again == null) {
            return TransportError.passing(Fault.UNAVAILABLE, error.detail());
        }
        return again.fault() == Fault.LOGIN_REFUSED ? ofThisMailbox.apply(again) : again;
    }

    /** Null where it could be opened. */
    private TransportError attempt(String mailbox) {
        try {
            logIns.attempt(mailbox);
            return null;
        } catch (TransportException e) {
            return e.error();
        }
    }

    private static TransportError credentials(TransportError error) {
        return TransportError.passing(Fault.CREDENTIALS_REFUSED, error.detail());
    }
}
