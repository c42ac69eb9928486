package org.chatarchiver.retention;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chatarchiver.message.Printable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what has landed is kept.
 *
 * @param connectors a list of {@code id} of a connector and {@code landing}, how long its pages and attachments stay in the landing zone,
 *     such as {@code archiver.retention.connectors[0].id}; and, where it is set, {@code ledger}, how long what the ledger tells of a page
 *     stays once the page is gone, without what messages are known by, which stays for ever. What is of no connector named here stays
 */
@ConfigurationProperties("archiver.retention")
public record RetentionProperties(@DefaultValue List<Period> connectors) {
    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public RetentionProperties {
        connectors = List.copyOf(connectors);
        Set<String> ids = new HashSet<>();
        for (Period period : connectors) {
            if (!ids.add(period.id())) {
                throw new IllegalArgumentException("archiver.retention.connectors names the connector '" + period.id()
                        + "' twice; remove one of the two");
            }
        }
    }

    /** Of a connector; empty where what is of it stays for ever. */
    public Optional<Period> of(String connector) {
        return connectors.stream()
                .filter(period -> period.id().equals(connector))
                .findFirst();
    }

    /**
     * Of one connector, whether it still runs or not.
     *
     * @param landing since a page has landed
     * @param ledger since a page is gone; null where what the ledger tells of it stays for ever
     */
    public record Period(String id, Duration landing, Duration ledger) {
        public Period {
            if (id == null || !ID.matcher(id).matches()) {
                throw new IllegalArgumentException("archiver.retention.connectors has the id "
                        + Printable.quoted(String.valueOf(id)) + "; give that of a connector, such as wechat");
            }
            if (landing == null || landing.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("archiver.retention.connectors keeps what has landed of '" + id
                        + "' for " + landing + "; set landing to a day or more, such as 3650d");
            }
            if (ledger != null && ledger.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("archiver.retention.connectors keeps what the ledger tells of '" + id
                        + "' for " + ledger + "; set ledger to a day or more, such as 365d, or leave it out");
            }
        }
    }
}
