package org.chatarchiver.ledger;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom a page concerns: its owners and all who take part in its messages, each as a digest of what persons are compared by.
 *
 * @param unclear whether some of the page could not be understood, so that it may concern anybody
 */
public record PageParties(Set<Long> parties, boolean unclear) {

    /** @param keys as persons are compared by, {@link org.chatarchiver.message.PartyId#key()} */
    public static PageParties of(Collection<String> keys, boolean unclear) {
        Set<Long> digests = new TreeSet<>();
        keys.forEach(key -> digests.add(SearchName.party(key)));
        return new PageParties(digests, unclear);
    }

    /** Whether it may concern the person. */
    public boolean mayConcern(String key) {
        return unclear || parties.contains(SearchName.party(key));
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(parties.size() * Long.BYTES);
        parties.forEach(bytes::putLong);
        return bytes.array();
    }

    static PageParties of(byte[] written, boolean unclear) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        Set<Long> parties = new TreeSet<>();
        while (bytes.hasRemaining()) {
            parties.add(bytes.getLong());
        }
        return new PageParties(parties, unclear);
    }
}
