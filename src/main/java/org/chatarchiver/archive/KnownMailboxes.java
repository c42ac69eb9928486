package org.chatarchiver.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.chatarchiver.delivery.ExchangeProperties;
import org.chatarchiver.delivery.OtherMailboxes;
import org.chatarchiver.ledger.ServedMailboxes;
import org.chatarchiver.mapping.MailboxAddresses;
import org.chatarchiver.mapping.MappingStore;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.chatarchiver.telemessage.PageElement;
import org.springframework.stereotype.Component;

/**
 * The mailboxes that the archiver knows of: those of the ledger, those that the messages at work name, and those of the mapping files in
 * no order of theirs, since a file may begin with a department that is out of scope. Safe for many threads.
 */
@Component
class KnownMailboxes implements OtherMailboxes {
    private static final int MOST = 50;

    private final ServedMailboxes served;
    private final MappingStore mappings;
    private final MailboxAddresses addresses;
    private final Random random = new Random();
    private volatile List<String> atWork = List.of();

    KnownMailboxes(ServedMailboxes served, MappingStore mappings, ExchangeProperties exchange) {
        this.served = served;
        this.mappings = mappings;
        this.addresses = new MailboxAddresses(exchange.domains());
    }

    /** What is mapped next: its addresses are known from the source alone, where a connector maps by them. */
    void atWork(WorkChunk chunk) {
        if (!chunk.work().connector().automaticMapping()) {
            return;
        }
        Set<String> found = new LinkedHashSet<>();
        for (PageElement element : chunk.chunk().elements()) {
            if (found.size() < MOST && element instanceof PageElement.Read read) {
                add(read.message(), found);
            }
        }
        atWork = List.copyOf(found);
    }

    private static void add(Message message, Set<String> found) {
        message.participants().stream()
                .map(Party::email)
                .filter(email -> !email.isEmpty())
                .limit(MOST)
                .forEach(found::add);
    }

    @Override
    public List<String> likely() {
        Set<String> all = new LinkedHashSet<>(served.latest(MOST));
        all.addAll(atWork);
        List<String> mapped = new ArrayList<>(mappings.mailboxes());
        Collections.shuffle(mapped, random);
        all.addAll(mapped);
        return all.stream()
                .filter(address -> addresses.refusal(address).isEmpty())
                .map(address -> address.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }
}
