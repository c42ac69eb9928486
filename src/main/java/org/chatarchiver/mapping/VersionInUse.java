package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.chatarchiver.ledger.MappingOffer.Outcome;
import org.chatarchiver.ledger.MappingVersion;
import org.chatarchiver.ledger.MappingVersions.Standing;
import org.chatarchiver.mapping.MappingFiles.Candidate;
import org.chatarchiver.mapping.MappingRecords.Giver;
import org.chatarchiver.message.Printable;

/** The version of one connector's mapping that is in use here: it follows the one that is in force. Changed under the store's lock only. */
final class VersionInUse {
    private final String id;
    private final MappingFiles files;
    private final MappingReader reader;
    private final MappingRecords records;
    private final MappingEvents events;
    private final String name;

    private volatile Mappings.Current current;
    private volatile Optional<Parsed.Rejected> problems = Optional.empty();
    private volatile long number;
    private String sha256 = "";
    private boolean formerRefused;

    /** @param source the file that the connector names */
    VersionInUse(
            String id,
            Path source,
            MappingFiles files,
            MappingReader reader,
            MappingRecords records,
            MappingEvents events) {
        this.id = id;
        this.files = files;
        this.reader = reader;
        this.records = records;
        this.events = events;
        this.name =
                "The mapping file " + Printable.quoted(source.toString()) + " of the connector " + Printable.quoted(id);
        this.current = new Mappings.Current.Unusable(name + " is not complete yet.");
    }

    Mappings.Current current() {
        return current;
    }

    Optional<Parsed.Rejected> problems() {
        return problems;
    }

    /** 0 for none. */
    long number() {
        return number;
    }

    /**
     * Where no version was ever accepted, the file that an archiver which kept no versions has accepted last is the first.
     *
     * @return how it stands then
     */
    Standing former(Standing standing) throws IOException {
        Path accepted = files.accepted(id);
        if (standing.inForce() != 0 || formerRefused || !Files.exists(accepted)) {
            return standing;
        }
        Candidate candidate = new Candidate(accepted, MappingFiles.digest(accepted), false);
        if (!(reader.read(accepted) instanceof Parsed.Accepted copy)) {
            formerRefused = true;
            return standing;
        }
        Outcome outcome = records.accepted(
                id,
                candidate,
                records.keep(id, candidate),
                records.file(),
                copy.file().against(null),
                0);
        if (outcome instanceof Outcome.Recorded recorded) {
            use(candidate, copy.file(), recorded.number());
        }
        return records.standing(id);
    }

    /** @return whether the version in force is in use then */
    boolean adopt(Standing standing) {
        if (standing.inForce() == number) {
            return true;
        }
        if (sha256.equals(standing.sha256())) {
            number = standing.inForce();
            problems = Optional.empty();
            return true;
        }
        try {
            Candidate copy = copy(standing);
            Parsed parsed = read(copy);
            if (parsed instanceof Parsed.Accepted accepted) {
                use(copy, accepted.file(), standing.inForce());
                return true;
            }
            refuse((Parsed.Rejected) parsed);
        } catch (IOException e) {
            refuse(Parsed.Rejected.of(
                    0, "Version " + standing.inForce() + ", which is in force, cannot be read: " + cause(e) + "."));
        }
        return false;
    }

    private Candidate copy(Standing standing) throws IOException {
        Path accepted = files.accepted(id);
        if (Files.exists(accepted) && MappingFiles.digest(accepted).equals(standing.sha256())) {
            return new Candidate(accepted, standing.sha256(), false);
        }
        try (InputStream csv = records.open(standing)) {
            return files.fetch(id, csv);
        }
    }

    /**
     * Makes a file the version in force, unless it is. Whoever comes in between is the one before: the rows are held against it then.
     *
     * @param candidate may be at another place afterwards
     */
    void accept(Candidate candidate, MappingFile file, Giver by) throws IOException {
        String path = null;
        while (true) {
            Standing standing = records.standing(id);
            boolean known = adopt(standing);
            if (known && candidate.sha256().equals(standing.sha256())) {
                return;
            }
            path = path == null ? records.keep(id, candidate) : path;
            MappingVersion.Rows rows =
                    file.against(known && current instanceof Mappings.Current.InUse before ? before.file() : null);
            Outcome outcome = records.accepted(id, candidate, path, by, rows, standing.inForce());
            if (outcome instanceof Outcome.Recorded recorded) {
                use(candidate, file, recorded.number());
            }
            if (!(outcome instanceof Outcome.Overtaken)) {
                return;
            }
        }
    }

    private void use(Candidate candidate, MappingFile file, long version) throws IOException {
        if (!candidate.file().equals(files.accepted(id))) {
            files.accept(id, candidate);
        }
        current = new Mappings.Current.InUse(file);
        number = version;
        problems = Optional.empty();
        if (!candidate.sha256().equals(sha256)) {
            sha256 = candidate.sha256();
            events.accepted(id, number, file.size(), sha256);
        }
    }

    Parsed read(Candidate candidate) throws IOException {
        return candidate.tooLarge() ? MappingFileParser.tooLarge() : reader.read(candidate.file());
    }

    /** Says so; what is in use stays. */
    void refuse(Parsed.Rejected rejected) {
        if (!(current instanceof Mappings.Current.InUse)) {
            current = new Mappings.Current.Unusable(
                    name + " cannot be used: " + rejected.errors().get(0));
        }
        if (!problems.equals(Optional.of(rejected))) {
            problems = Optional.of(rejected);
            events.rejected(id, rejected, current instanceof Mappings.Current.InUse);
        }
    }

    /** Nothing is wrong with the file on this disk. */
    void clear() {
        problems = Optional.empty();
    }

    static String cause(IOException e) {
        return e.getClass().getSimpleName() + " " + Printable.quoted(String.valueOf(e.getMessage()));
    }
}
