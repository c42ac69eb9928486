package org.chatarchiver.setup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Predicate;
import org.chatarchiver.ledger.Draft;
import org.chatarchiver.security.DataDirectory;
import org.springframework.stereotype.Component;

/**
 * The mapping files of drafts, {@code <archiver.data>/drafts/<draft>.<sha256>.csv}: people's addresses, so for our eyes only. The digest is
 * in the name, so that what is put into force is what was looked at, whoever uploads another meanwhile.
 */
@Component
class DraftFiles {
    private static final String FOLDER = "drafts";

    private final DataDirectory data;

    DraftFiles(DataDirectory data) {
        this.data = data;
    }

    /** The one that belongs to the draft; empty where there is none, or it is on another archiver's disk. */
    Optional<Path> csv(Draft draft) {
        return Optional.ofNullable(draft.csv())
                .map(sha256 -> path(draft.id(), sha256))
                .filter(Files::exists);
    }

    private Path path(String draft, String sha256) {
        return data.path(FOLDER, draft + "." + sha256 + ".csv");
    }

    /** @param held is moved */
    void keep(String draft, String sha256, Path held) throws IOException {
        data.directory(FOLDER);
        Files.move(held, path(draft, sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** @param but the digest of the one that stays; null for none */
    void delete(String draft, String but) throws IOException {
        delete(name -> name.startsWith(draft + ".") && !name.equals(draft + "." + but + ".csv"));
    }

    /** Those of drafts that are no more. @param known whether there is a draft of an id */
    void sweep(Predicate<String> known) throws IOException {
        delete(name -> !known.test(name.substring(0, Math.max(0, name.indexOf('.')))));
    }

    private void delete(Predicate<String> which) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(data.directory(FOLDER))) {
            for (Path file : files) {
                if (which.test(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
