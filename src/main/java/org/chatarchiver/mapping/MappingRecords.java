package org.chatarchiver.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.chatarchiver.ledger.MappingOffer;
import org.chatarchiver.ledger.MappingOffer.Outcome;
import org.chatarchiver.ledger.MappingVersion;
import org.chatarchiver.ledger.MappingVersion.Origin;
import org.chatarchiver.ledger.MappingVersions;
import org.chatarchiver.ledger.MappingVersions.Standing;
import org.chatarchiver.mapping.MappingFiles.Candidate;

/**
 * The versions of all mapping files: the landing zone has their bytes, the ledger says whose they are and which one is in force. The bytes
 * come first: what a process that was killed has left there without a row is nobody's version, and is met again by the next that is the same.
 */
public final class MappingRecords {
    private final MappingVersions ledger;
    private final MappingArchive archive;
    private final Supplier<String> archiver;

    /** @param archiver what this archiver is called, where and which: by it a file on its disk is given */
    public MappingRecords(MappingVersions ledger, MappingArchive archive, Supplier<String> archiver) {
        this.ledger = ledger;
        this.archive = archive;
        this.archiver = archiver;
    }

    /** Who gave a file, and how. */
    record Giver(Origin origin, String name) {}

    Giver file() {
        return new Giver(Origin.FILE, "file (archiver " + archiver.get() + ")");
    }

    Standing standing(String connectorId) {
        return ledger.standing(connectorId);
    }

    Map<String, Standing> standings() {
        return ledger.standings();
    }

    long inForce(String connectorId) {
        return ledger.inForce(connectorId);
    }

    Optional<MappingVersion> find(String connectorId, long number) {
        return ledger.find(connectorId, number);
    }

    Optional<MappingVersion> latest(String connectorId, String sha256) {
        return ledger.latest(connectorId, sha256);
    }

    void fileIs(String connectorId, String sha256) {
        ledger.fileIs(connectorId, sha256);
    }

    /** The bytes of the version in force. */
    InputStream open(Standing standing) throws IOException {
        return archive.open(standing.path(), standing.sha256());
    }

    InputStream open(MappingVersion version) throws IOException {
        return archive.open(version.path(), version.sha256());
    }

    /** Lands the candidate; where it is then. */
    String keep(String connectorId, Candidate candidate) throws IOException {
        return archive.keep(connectorId, candidate.sha256(), candidate.file());
    }

    /** @param base number of the version that the rows were held against */
    Outcome accepted(
            String connectorId, Candidate candidate, String path, Giver by, MappingVersion.Rows rows, long base)
            throws IOException {
        return ledger.record(offer(connectorId, candidate, path, by, rows, null), base);
    }

    /** Lands and records a file that nobody will be mapped by. One that is too large was not read to its end, and is no version. */
    void refused(String connectorId, Candidate candidate, Giver by, Parsed.Rejected why) throws IOException {
        if (!candidate.tooLarge()) {
            ledger.record(offer(connectorId, candidate, keep(connectorId, candidate), by, null, why.summary()), 0);
        }
    }

    private static MappingOffer offer(
            String connectorId, Candidate candidate, String path, Giver by, MappingVersion.Rows rows, String refused)
            throws IOException {
        return new MappingOffer(
                connectorId,
                candidate.sha256(),
                Files.size(candidate.file()),
                path,
                by.origin(),
                by.name(),
                rows,
                refused);
    }
}
