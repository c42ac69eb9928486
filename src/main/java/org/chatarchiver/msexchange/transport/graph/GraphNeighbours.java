package org.chatarchiver.msexchange.transport.graph;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Refusals;
import org.chatarchiver.msexchange.transport.TransportError;
import org.chatarchiver.msexchange.transport.TransportException;
import org.chatarchiver.msexchange.transport.WorkedMailboxes;

/**
 * Tells whether an error is one mailbox's or everybody's, by asking for another one at that very moment: the probe mailbox, where there is
 * one, else those that were reached last. An application whose consent is missing is answered for every mailbox as one that may not use
 * this one; and a gateway in trouble as a mailbox in trouble.
 */
final class GraphNeighbours {
    private static final String CONSENT =
            "mailboxes may not be used: grant the application Mail.ReadWrite with an administrator's consent, or by RBAC; ";

    private static final String POLICY =
            "this mailbox may not be used, others may: let the application into it (access policy, RBAC); ";

    private static final String UNKNOWN =
            "this mailbox is refused, no other tells yet: consent to Mail.ReadWrite, or let the application into this one; ";

    /** How long what was said of a mailbox bears on another one. */
    private static final long LATELY = Duration.ofMinutes(10).toNanos();

    private final String probeMailbox;
    private final Question question;
    private final Writing writing;
    private final BooleanSupplier consented;
    private final WorkedMailboxes reached = new WorkedMailboxes();
    private final FiledFolders filed = new FiledFolders();
    private final Refusals readers = new Refusals(LATELY);
    private final Refusals writers = new Refusals(LATELY);

    /** Asks whether a mailbox can be used. */
    interface Question {
        void ask(String mailbox) throws IOException, TransportException;
    }

    /** Asks whether a folder that has taken e-mails could be made, which changes nothing in a mailbox where it is. */
    interface Writing {
        void ask(String mailbox, String folder) throws IOException, TransportException;
    }

    /** @param consented whether the token surely has the permission for all mailboxes; false where that is not known */
    GraphNeighbours(String probeMailbox, Question question, Writing writing, BooleanSupplier consented) {
        this.probeMailbox = probeMailbox;
        this.question = question;
        this.writing = writing;
        this.consented = consented;
    }

    void reached(String mailbox) {
        reached.add(mailbox);
        readers.worked();
    }

    /** An e-mail was filed. */
    void filed(String mailbox, String folder) {
        filed.add(mailbox, folder);
        writers.worked();
    }

    private List<String> others(String mailbox) {
        Set<String> others = new LinkedHashSet<>();
        if (probeMailbox != null) {
            others.add(probeMailbox);
        }
        others.addAll(reached.latest());
        others.removeIf(mailbox::equalsIgnoreCase);
        return List.copyOf(others);
    }

    /** An error of another kind comes back as it is; so does one that nothing settles, since no mailbox has ever been reached. */
    TransportError settle(String mailbox, TransportError error) {
        return switch (error.fault()) {
            case LOGIN_REFUSED -> permission(mailbox, error);
            case UNREACHABLE -> reach(mailbox, error);
            default -> error;
        };
    }

    /** One mailbox alone never makes an outage: a second one must say the same, and none the contrary. */
    private TransportError permission(String mailbox, TransportError error) {
        if (ask(mailbox) == null) {
            return writing(mailbox, error);
        }
        boolean refused = false;
        for (String other : others(mailbox)) {
            TransportError elsewhere = ask(other);
            if (elsewhere == null) {
                return denied(error);
            }
            if (elsewhere.fault().outage()) {
                return elsewhere;
            }
            refused |= elsewhere.fault() == Fault.LOGIN_REFUSED;
        }
        readers.refused(mailbox);
        return refused ? everybody(error) : alone(readers, mailbox, error);
    }

    /** It may be read, hence what is refused is writing: whether others may be written is asked for, too. */
    private TransportError writing(String mailbox, TransportError error) {
        boolean refused = false;
        for (FiledFolders.Folder other : filed.beside(mailbox)) {
            TransportError elsewhere = answer(() -> writing.ask(other.mailbox(), other.name()));
            if (elsewhere == null) {
                return denied(error);
            }
            if (elsewhere.fault().outage()) {
                return elsewhere;
            }
            refused |= elsewhere.fault() == Fault.LOGIN_REFUSED;
        }
        if (refused) {
            writers.refused(mailbox);
            return everybody(error);
        }
        return alone(writers, mailbox, error);
    }

    /** Where there is no other mailbox that could be asked. */
    private TransportError alone(Refusals refusals, String mailbox, TransportError error) {
        refusals.refused(mailbox);
        if (consented.getAsBoolean()) {
            return denied(error);
        }
        if (refusals.others(mailbox) || mailbox.equalsIgnoreCase(probeMailbox) && !refusals.workedLately()) {
            return everybody(error);
        }
        return refusals.workedLately()
                ? denied(error)
                : TransportError.passing(Fault.LOGIN_REFUSED, error.delay(), UNKNOWN + error.detail());
    }

    private static TransportError denied(TransportError error) {
        return TransportError.lasting(Fault.PERMISSION_DENIED, POLICY + error.detail());
    }

    private static TransportError everybody(TransportError error) {
        return TransportError.passing(Fault.CREDENTIALS_REFUSED, error.delay(), CONSENT + error.detail());
    }

    /** Not an outage before another request fails, too; this mailbox is asked last. */
    private TransportError reach(String mailbox, TransportError error) {
        boolean failed = false;
        Set<String> all = new LinkedHashSet<>(others(mailbox));
        all.add(mailbox);
        for (String one : all) {
            TransportError elsewhere = ask(one);
            if (elsewhere == null || answered(elsewhere.fault())) {
                return error.as(Fault.UNAVAILABLE);
            }
            failed |= elsewhere.fault().outage();
        }
        return failed ? error : error.as(Fault.UNAVAILABLE);
    }

    /** Whether it was Graph that spoke: we ourselves keep requests back, too. */
    private static boolean answered(Fault fault) {
        return !fault.outage() && fault != Fault.BUSY && fault != Fault.THROTTLED;
    }

    private TransportError ask(String mailbox) {
        return answer(() -> question.ask(mailbox));
    }

    private interface Asking {
        void ask() throws IOException, TransportException;
    }

    /** Null where it went well. */
    private static TransportError answer(Asking asking) {
        try {
            asking.ask();
            return null;
        } catch (TransportException e) {
            return e.error();
        } catch (IOException e) {
            return GraphTransport.lost(e);
        }
    }
}
