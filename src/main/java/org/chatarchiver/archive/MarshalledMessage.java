package org.chatarchiver.archive;

import org.chatarchiver.delivery.SentMessage;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Reason;

/**
 * A message that is ready to be sent: the last of its stages.
 *
 * @param email its bytes
 */
public record MarshalledMessage(FittedMessage fitted, byte[] email) implements PreparedMessage, SentMessage {
    @Override
    public MappedMessage mapped() {
        return fitted.mapped();
    }

    @Override
    public String connector() {
        return mapped().work().connector().id();
    }

    @Override
    public Reason partial() {
        return fitted.partial();
    }

    @Override
    public Failure failure(Item item, Reason reason, String sentence) {
        KnownMessage known = mapped().known();
        return known.failure(known.failing(item, reason, sentence));
    }
}
