package org.chatarchiver.archive;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** The settings of archiving with limits of the test's own. */
final class ArchiveSettings {
    private ArchiveSettings() {}

    /** All in bytes. */
    static ArchiveProperties limits(long attachment, long item, long email) {
        return new ArchiveProperties(
                new ArchiveProperties.Limits(
                        DataSize.ofBytes(attachment), DataSize.ofBytes(item), DataSize.ofBytes(email)),
                "seda:pages",
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(15));
    }
}
