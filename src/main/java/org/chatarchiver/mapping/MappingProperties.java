package org.chatarchiver.mapping;

import java.time.Duration;
import org.chatarchiver.message.PartyIds;
import org.chatarchiver.message.Printable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How participants become mailboxes.
 *
 * @param defaultRegion ISO 3166 code in capitals of the region whose numbers are written without a country code, such as GB; empty for none
 * @param presentFor how long a mailbox that exists is not asked for again
 * @param missingFor how long a mailbox that does not exist is not asked for again
 * @param cachedMailboxes how many answers are remembered
 * @param settle a mapping file that was modified this long ago is taken for complete
 */
@ConfigurationProperties("archiver.mapping")
public record MappingProperties(
        @DefaultValue("") String defaultRegion,
        @DefaultValue("24h") Duration presentFor,
        @DefaultValue("15m") Duration missingFor,
        @DefaultValue("100000") int cachedMailboxes,
        @DefaultValue("10s") Duration settle) {

    public MappingProperties {
        if (!defaultRegion.isEmpty() && !PartyIds.isRegion(defaultRegion)) {
            throw new IllegalArgumentException("archiver.mapping.default-region is " + Printable.quoted(defaultRegion)
                    + "; it must be empty or a two-letter region code such as GB or CN");
        }
        positive("present-for", presentFor);
        positive("missing-for", missingFor);
        positive("settle", settle);
        if (cachedMailboxes < 1) {
            throw new IllegalArgumentException(
                    "archiver.mapping.cached-mailboxes is " + cachedMailboxes + "; it must be at least 1");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("archiver.mapping." + key + " is " + value + "; it must be more than 0");
        }
    }
}
