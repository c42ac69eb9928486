package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.chatarchiver.ledger.MappingVersion;
import org.chatarchiver.ledger.MappingVersion.Origin;
import org.chatarchiver.ledger.MappingVersions.Standing;
import org.chatarchiver.mapping.MappingFiles.Candidate;
import org.chatarchiver.mapping.MappingRecords.Giver;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector's mapping file on this disk, which becomes a version when it is changed, and follows the versions that are sent. Changed
 * under the store's lock only.
 */
final class ConnectorMapping {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorMapping.class);

    private final String id;
    private final SourceFile source;
    private final VersionInUse version;
    private final MappingFiles files;
    private final MappingRecords records;
    private final MappingEvents events;

    /** SHA-256 of the file when it was taken last; empty where it never was, null until that is recalled. */
    private String taken;

    private String passedOver = "";

    ConnectorMapping(
            String id,
            SourceFile source,
            VersionInUse version,
            MappingFiles files,
            MappingRecords records,
            MappingEvents events) {
        this.id = id;
        this.source = source;
        this.version = version;
        this.files = files;
        this.records = records;
        this.events = events;
    }

    Path source() {
        return source.path();
    }

    VersionInUse version() {
        return version;
    }

    /** Takes in the version in force, and the file where that has changed. */
    void refresh(Standing standing) {
        try {
            recall();
            Standing now = version.former(standing);
            if (version.adopt(now)) {
                look(now);
            }
        } catch (IOException e) {
            source.again();
            version.refuse(Parsed.Rejected.of(
                    0,
                    "The mapping file " + Printable.quoted(source.path().toString()) + " cannot be taken: "
                            + VersionInUse.cause(e) + "."));
        }
    }

    /** Makes a file the version in force, at every archiver, and the file on this disk where that can be written. */
    Parsed replace(InputStream csv, Giver by) throws IOException {
        recall();
        Candidate candidate = files.spool(id, csv);
        Parsed parsed = version.read(candidate);
        if (parsed instanceof Parsed.Accepted accepted) {
            version.accept(candidate, accepted.file(), by);
            publish(candidate.sha256());
        } else {
            refused(candidate, (Parsed.Rejected) parsed, by);
        }
        return parsed;
    }

    private void recall() throws IOException {
        if (taken == null) {
            taken = files.taken(id, source.path());
        }
    }

    private void look(Standing standing) throws IOException {
        SourceFile.Look look = source.look();
        if (look == SourceFile.Look.MISSING) {
            missing(standing);
        } else if (look == SourceFile.Look.READ) {
            Candidate candidate;
            try (InputStream in = source.open()) {
                candidate = files.spool(id, in);
            }
            if (source.isUnchanged()) {
                take(candidate, standing);
                // Behind it: what the ledger could not take now is read again at the next look.
                source.done();
            }
        }
    }

    /** What was sent, or found on another disk, needs no file on this one. */
    private void missing(Standing standing) {
        if (standing.inForce() == 0 || standing.origin() == Origin.FILE && !taken.isEmpty()) {
            version.refuse(Parsed.Rejected.missing(source.path()));
        } else {
            version.clear();
        }
    }

    /**
     * A file that has not changed since it was taken, here or by another archiver, is no news: what was given since counts, also where an
     * archiver starts beside a file of old. One whose bytes were never a version always is.
     */
    private void take(Candidate candidate, Standing standing) throws IOException {
        String sha256 = candidate.sha256();
        boolean changed = !taken.isEmpty() && !taken.equals(sha256) && !sha256.equals(standing.file());
        if (sha256.equals(standing.sha256())) {
            version.clear();
            if (changed) {
                records.fileIs(id, sha256);
            }
        } else {
            Optional<MappingVersion> replaced =
                    records.latest(id, sha256).filter(known -> !changed && known.number() < standing.inForce());
            if (replaced.isPresent()) {
                passOver(replaced.get(), standing);
            } else {
                examine(candidate);
            }
        }
        note(sha256);
    }

    private void passOver(MappingVersion former, Standing standing) {
        version.clear();
        String told = former.sha256() + " " + standing.inForce();
        if (!told.equals(passedOver)) {
            passedOver = told;
            events.passedOver(id, former.number(), standing.inForce());
        }
    }

    private void examine(Candidate candidate) throws IOException {
        Parsed parsed = version.read(candidate);
        if (parsed instanceof Parsed.Accepted accepted) {
            version.accept(candidate, accepted.file(), records.file());
            version.clear();
        } else {
            Parsed.Rejected rejected = (Parsed.Rejected) parsed;
            version.refuse(rejected);
            refused(candidate, rejected, records.file());
        }
    }

    /** Whoever gave it is told why it is refused, also where that cannot be kept. */
    private void refused(Candidate candidate, Parsed.Rejected why, Giver by) {
        try {
            records.refused(id, candidate, by, why);
        } catch (IOException e) {
            LOG.warn("A mapping file that is refused for {} is not kept: {}", id, VersionInUse.cause(e));
        }
    }

    /** It is what operators look at, so it follows where it can be written. */
    private void publish(String sha256) {
        try {
            files.publish(files.accepted(id), source.path());
            source.again();
            version.clear();
            records.fileIs(id, sha256);
            note(sha256);
        } catch (IOException e) {
            LOG.info(
                    "The mapping that was sent for {} counts; the file here stays as it is, since it cannot be written: {}",
                    id,
                    VersionInUse.cause(e));
        }
    }

    private void note(String sha256) throws IOException {
        if (!sha256.equals(taken)) {
            files.take(id, source.path(), sha256);
            taken = sha256;
        }
    }
}
