package org.chatarchiver.msexchange.transport;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Tells what is wrong with one mailbox from refused credentials, which servers answer alike: by opening another mailbox at this very
 * moment. That is the probe mailbox, where there is one, else those that could be opened before. An earlier success proves nothing:
 * credentials can have been revoked since.
 */
final class RefusedLogins {
    private final String probeMailbox;
    private final LogIns logIns;
    private final UnaryOperator<Trouble> ofThisMailbox;

    /** Opens mailboxes with the credentials in question. */
    interface LogIns {
        void attempt(String mailbox) throws TroubleException;

        /** The mailboxes that could be opened last, the latest first. */
        List<String> worked();
    }

    /** @param ofThisMailbox what a refusal means once another mailbox could be opened */
    RefusedLogins(String probeMailbox, LogIns logIns, UnaryOperator<Trouble> ofThisMailbox) {
        this.probeMailbox = probeMailbox;
        this.logIns = logIns;
        this.ofThisMailbox = ofThisMailbox;
    }

    /** A trouble of another kind comes back as it is; so does one that nothing settles, since no mailbox could ever be opened. */
    Trouble settle(String mailbox, Trouble trouble) {
        if (trouble.fault() != Fault.LOGIN_REFUSED) {
            return trouble;
        }
        if (probeMailbox != null) {
            return probeMailbox.equalsIgnoreCase(mailbox) ? credentials(trouble) : probe(probeMailbox, trouble);
        }
        Trouble answer = trouble;
        for (String known : logIns.worked()) {
            if (!known.equalsIgnoreCase(mailbox)) {
                answer = probe(known, trouble);
                if (answer.fault() != Fault.CREDENTIALS_REFUSED) {
                    return answer;
                }
            }
        }
        return answer;
    }

    private Trouble probe(String known, Trouble trouble) {
        try {
            logIns.attempt(known);
            return ofThisMailbox.apply(trouble);
        } catch (TroubleException e) {
            return e.trouble().fault() == Fault.LOGIN_REFUSED ? credentials(e.trouble()) : e.trouble();
        }
    }

    private static Trouble credentials(Trouble trouble) {
        return Trouble.passing(Fault.CREDENTIALS_REFUSED, trouble.detail());
    }
}
