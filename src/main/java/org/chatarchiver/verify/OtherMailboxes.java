package org.chatarchiver.verify;

import java.io.IOException;
import java.util.Set;
import org.chatarchiver.ledger.PeriodVerifications;
import org.chatarchiver.ledger.Verifications.Others;
import org.chatarchiver.mapping.MappedMailboxes;
import org.chatarchiver.mapping.Mapper;
import org.springframework.stereotype.Component;

/** The mailboxes into which somebody may have filed something past the archiver, though none of the runs of a time has delivered there. */
@Component
class OtherMailboxes {
    private final MappedMailboxes mapped;
    private final PeriodVerifications periods;
    private final Mapper mapper;

    OtherMailboxes(MappedMailboxes mapped, PeriodVerifications periods, Mapper mapper) {
        this.mapped = mapped;
        this.periods = periods;
        this.mapper = mapper;
    }

    /**
     * Those that the connector's mapping in force names, in their order.
     *
     * @param known that are read through anyway
     * @throws IOException where the mapping cannot be read
     */
    Set<String> of(String connector, Others when, Set<String> known) throws IOException {
        Set<String> others = mapped.of(connector);
        others.removeAll(periods.delivered(connector, when.from(), when.to()));
        others.removeAll(known);
        others.removeIf(mailbox -> !mapper.serves(mailbox));
        return others;
    }
}
