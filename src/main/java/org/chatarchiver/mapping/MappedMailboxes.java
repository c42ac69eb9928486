package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.chatarchiver.ledger.MappingVersions.Standing;
import org.chatarchiver.mapping.MappingFiles.Candidate;
import org.chatarchiver.message.Printable;

/** The mailboxes that a connector's mapping in force names, also where the connector does not run, as in a command. */
public final class MappedMailboxes {
    private final Mappings mappings;
    private final MappingRecords records;
    private final MappingReader reader;
    private final MappingFiles files;

    MappedMailboxes(Mappings mappings, MappingRecords records, MappingReader reader, MappingFiles files) {
        this.mappings = mappings;
        this.records = records;
        this.reader = reader;
        this.files = files;
    }

    /**
     * In lower case, as the ledger has them, in a set of the caller's own.
     *
     * @return empty for a connector that has none
     * @throws IOException where the version in force cannot be read
     */
    public Set<String> of(String connector) throws IOException {
        return mappings.current(connector) instanceof Mappings.Current.InUse inUse
                ? named(inUse.file())
                : landed(connector);
    }

    /** One at a time, since one of a million rows takes hundreds of megabytes of memory. */
    private synchronized Set<String> landed(String connector) throws IOException {
        Standing standing = records.standing(connector);
        if (standing.inForce() == 0) {
            return new TreeSet<>();
        }
        try (InputStream csv = records.open(standing)) {
            Candidate copy = files.look(connector, csv);
            Parsed parsed = reader.read(copy.file());
            Files.delete(copy.file());
            if (parsed instanceof Parsed.Accepted accepted) {
                return named(accepted.file());
            }
        }
        throw new IOException("Version " + standing.inForce() + " of the mapping of the connector "
                + Printable.quoted(connector) + " is in force, and is none that can be read; see "
                + Printable.quoted(standing.path()) + " in the landing zone");
    }

    private static Set<String> named(MappingFile file) {
        Set<String> all = new TreeSet<>();
        file.mailboxes((mailbox, line) -> all.add(mailbox.toLowerCase(Locale.ROOT)));
        return all;
    }
}
