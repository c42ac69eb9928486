package org.chatarchiver.retention;

import java.util.Locale;
import java.util.Optional;
import org.chatarchiver.ledger.Hold;
import org.chatarchiver.ledger.Holds;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sets holds and lifts them because an administrator has decided so, and says so in the log; a person is named in the ledger only. */
@Component
public class Holding {
    private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

    private final Holds holds;

    public Holding(Holds holds) {
        this.holds = holds;
    }

    /** In force when this returns. */
    public Hold set(Hold.Kind kind, String subject, String administrator, String reason) {
        Hold hold = holds.set(kind, subject, administrator, reason);
        LOG.info(
                "{} has set hold {} on {}: {}",
                Printable.of(administrator),
                hold.id(),
                words(hold),
                Printable.of(reason));
        return hold;
    }

    /** As it is then, lifted now or before; empty where there is none of this id. */
    public Optional<Hold> lift(long id, String administrator, String why) {
        boolean now = holds.lift(id, administrator, why);
        Optional<Hold> hold = holds.find(id);
        if (now) {
            hold.ifPresent(lifted -> LOG.info(
                    "{} has lifted hold {} on {}: {}",
                    Printable.of(administrator),
                    id,
                    words(lifted),
                    Printable.of(why)));
        }
        return hold;
    }

    private static String words(Hold hold) {
        return hold.kind() == Hold.Kind.PERSON
                ? "a person"
                : "the " + hold.kind().name().toLowerCase(Locale.ROOT) + " " + Printable.of(hold.subject());
    }
}
