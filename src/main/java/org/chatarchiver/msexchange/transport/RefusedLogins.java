package org.chatarchiver.msexchange.transport;

import java.time.Duration;

/**
 * Tells a missing mailbox from refused credentials, which IMAP servers answer alike. The probe mailbox decides, where there is one;
 * otherwise a log-in with the same credentials that worked a short time ago shows that it is the mailbox.
 */
final class RefusedLogins {
    private static final Duration PROOF = Duration.ofMinutes(10);

    private final String probeMailbox;
    private final ImapLogin login;

    RefusedLogins(String probeMailbox, ImapLogin login) {
        this.probeMailbox = probeMailbox;
        this.login = login;
    }

    /** A trouble of another kind comes back as it is. */
    Trouble settle(String mailbox, Trouble trouble) {
        if (trouble.fault() != Fault.LOGIN_REFUSED) {
            return trouble;
        }
        if (probeMailbox == null) {
            return login.workedWithin(PROOF) ? missing(trouble) : trouble;
        }
        return probeMailbox.equalsIgnoreCase(mailbox) ? credentials(trouble) : probe(trouble);
    }

    private Trouble probe(Trouble trouble) {
        try {
            login.open(probeMailbox).drop();
            return missing(trouble);
        } catch (TroubleException e) {
            return e.trouble().fault() == Fault.LOGIN_REFUSED ? credentials(e.trouble()) : e.trouble();
        }
    }

    private static Trouble missing(Trouble trouble) {
        return Trouble.lasting(Fault.MAILBOX_NOT_FOUND, trouble.detail());
    }

    private static Trouble credentials(Trouble trouble) {
        return Trouble.passing(Fault.CREDENTIALS_REFUSED, trouble.detail());
    }
}
