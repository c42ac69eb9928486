package org.chatarchiver.archive;

import org.chatarchiver.delivery.ExchangeProperties;
import org.chatarchiver.msexchange.MicrosoftExchangeTransport;
import org.chatarchiver.security.StartRefusedException;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Whether items of the size that is allowed fit into the destination. By Graph an item holds its files and, with {@code attach-original},
 * the whole e-mail beside them, in which the files stand in Base64 (RFC 2045 6.8: 37 % more).
 */
@Component
class ExchangeLimits {
    private static final long TENTHS_WITH_ORIGINAL = 24;
    private static final long TENTHS = 10;

    ExchangeLimits(ExchangeProperties exchange, ArchiveProperties items) {
        check(exchange, items.limits());
    }

    /** @throws StartRefusedException if Exchange would refuse the largest items */
    static void check(ExchangeProperties exchange, ArchiveProperties.Limits limits) {
        boolean doubled = exchange.transport() == MicrosoftExchangeTransport.graph
                && exchange.graph().attachOriginal();
        long largest = limits.item().toBytes() * TENTHS_WITH_ORIGINAL / TENTHS;
        if (doubled && largest > limits.email().toBytes()) {
            DataSize most = DataSize.ofBytes(limits.email().toBytes() * TENTHS / TENTHS_WITH_ORIGINAL);
            throw new StartRefusedException(
                    "archiver.limits.item is " + limits.item()
                            + ", and an item by Graph with its original is 2.4 times its files: "
                            + DataSize.ofBytes(largest) + ", more than archiver.limits.email, which is "
                            + limits.email(),
                    "Set archiver.limits.item to at most " + most
                            + ", or archiver.exchange.graph.attach-original to false, or archiver.limits.email to what the mailboxes take.");
        }
    }
}
