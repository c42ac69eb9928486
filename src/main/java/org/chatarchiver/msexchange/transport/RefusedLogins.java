package org.chatarchiver.msexchange.transport;

/**
 * Tells a missing mailbox from refused credentials, which IMAP servers answer alike: by a log-in to another mailbox at this very moment.
 * That is the probe mailbox, where there is one, else those that a log-in worked for before. An earlier log-in proves nothing: credentials
 * can have been revoked since.
 */
final class RefusedLogins {
    private final String probeMailbox;
    private final ImapLogin login;

    RefusedLogins(String probeMailbox, ImapLogin login) {
        this.probeMailbox = probeMailbox;
        this.login = login;
    }

    /** A trouble of another kind comes back as it is; so does one that nothing settles, since no log-in has ever worked. */
    Trouble settle(String mailbox, Trouble trouble) {
        if (trouble.fault() != Fault.LOGIN_REFUSED) {
            return trouble;
        }
        if (probeMailbox != null) {
            return probeMailbox.equalsIgnoreCase(mailbox) ? credentials(trouble) : probe(probeMailbox, trouble);
        }
        Trouble answer = trouble;
        for (String known : login.worked()) {
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
            login.open(known).drop();
            return Trouble.lasting(Fault.MAILBOX_NOT_FOUND, trouble.detail());
        } catch (TroubleException e) {
            return e.trouble().fault() == Fault.LOGIN_REFUSED ? credentials(e.trouble()) : e.trouble();
        }
    }

    private static Trouble credentials(Trouble trouble) {
        return Trouble.passing(Fault.CREDENTIALS_REFUSED, trouble.detail());
    }
}
