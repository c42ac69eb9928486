package org.chatarchiver.msexchange.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a trouble is one mailbox's or everybody's, by asking for another one at that very moment: the probe mailbox, where there is
 * one, else those that were reached last. An application whose consent is missing is answered for every mailbox as one that may not use
 * this one; and a gateway in trouble as a mailbox in trouble.
 */
final class GraphNeighbours {
    private static final String CONSENT =
            "mailboxes may not be used: grant the application Mail.ReadWrite with an administrator's consent; ";
    /** That e-mails could be filed so lately shows that the application may. */
    private static final Duration LATELY = Duration.ofMinutes(10);

    private static final String POLICY =
            "other mailboxes may be used, this one not: see the application's access policy; ";

    private final String probeMailbox;
    private final Question question;
    private final WorkedMailboxes reached = new WorkedMailboxes();
    private long filedUntil = System.nanoTime();

    /** Asks whether a mailbox can be used. */
    interface Question {
        void ask(String mailbox) throws IOException, TroubleException;
    }

    GraphNeighbours(String probeMailbox, Question question) {
        this.probeMailbox = probeMailbox;
        this.question = question;
    }

    void reached(String mailbox) {
        reached.add(mailbox);
    }

    /** An e-mail was filed, in any mailbox. */
    synchronized void filed() {
        filedUntil = System.nanoTime() + LATELY.toNanos();
    }

    private synchronized boolean filedLately() {
        return System.nanoTime() - filedUntil < 0;
    }

    private List<String> others(String mailbox) {
        Set<String> others = new LinkedHashSet<>();
        if (probeMailbox != null) {
            others.add(probeMailbox);
        } else {
            others.addAll(reached.latest());
        }
        others.removeIf(mailbox::equalsIgnoreCase);
        return List.copyOf(others);
    }

    /** A trouble of another kind comes back as it is; so does one that nothing settles, since no mailbox has ever been reached. */
    Trouble settle(String mailbox, Trouble trouble) {
        return switch (trouble.fault()) {
            case LOGIN_REFUSED -> permission(mailbox, trouble);
            case UNREACHABLE -> reach(mailbox, trouble);
            default -> trouble;
        };
    }

    private Trouble permission(String mailbox, Trouble trouble) {
        if (ask(mailbox) == null) {
            // It may be read, hence what is refused is writing.
            return filedLately() ? denied(trouble) : everybody(trouble);
        }
        if (mailbox.equalsIgnoreCase(probeMailbox)) {
            return everybody(trouble);
        }
        Trouble settled = trouble;
        for (String other : others(mailbox)) {
            Trouble elsewhere = ask(other);
            if (elsewhere == null) {
                return denied(trouble);
            }
            if (elsewhere.fault() != Fault.LOGIN_REFUSED) {
                return elsewhere.fault().outage() ? elsewhere : settled;
            }
            settled = everybody(elsewhere);
        }
        return settled;
    }

    private static Trouble denied(Trouble trouble) {
        return Trouble.lasting(Fault.PERMISSION_DENIED, POLICY + trouble.detail());
    }

    private static Trouble everybody(Trouble trouble) {
        return Trouble.passing(Fault.CREDENTIALS_REFUSED, trouble.delay(), CONSENT + trouble.detail());
    }

    /** Not an outage before another request fails, too; this mailbox is asked last. */
    private Trouble reach(String mailbox, Trouble trouble) {
        boolean failed = false;
        Set<String> all = new LinkedHashSet<>(others(mailbox));
        all.add(mailbox);
        for (String one : all) {
            Trouble elsewhere = ask(one);
            if (elsewhere == null || answered(elsewhere.fault())) {
                return trouble.as(Fault.UNAVAILABLE);
            }
            failed |= elsewhere.fault().outage();
        }
        return failed ? trouble : trouble.as(Fault.UNAVAILABLE);
    }

    /** Whether it was Graph that spoke: we ourselves keep requests back, too. */
    private static boolean answered(Fault fault) {
        return !fault.outage() && fault != Fault.BUSY && fault != Fault.THROTTLED;
    }

    private Trouble ask(String mailbox) {
        try {
            question.ask(mailbox);
            return null;
        } catch (TroubleException e) {
            return e.trouble();
        } catch (IOException e) {
            return GraphTransport.lost(e);
        }
    }
}
