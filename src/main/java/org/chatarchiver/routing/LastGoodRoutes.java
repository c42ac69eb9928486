package org.chatarchiver.routing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.chatarchiver.message.Printable;
import org.chatarchiver.message.Sha256;
import org.chatarchiver.security.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The route files that were in force last, in {@code <archiver.data>/routes}: a directory for each set, named by when it came into force,
 * and {@code current}, a file with the name of the one in force. A set is whole or not there.
 */
final class LastGoodRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LastGoodRoutes.class);
    private static final String FOLDER = "routes";
    private static final String CURRENT = "current";
    private static final int KEPT = 10;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DataDirectory data;
    private final Clock clock;

    LastGoodRoutes(DataDirectory data, Clock clock) {
        this.data = data;
        this.clock = clock;
    }

    /** Empty where there are none, or none that can be read, or only those of another landing. */
    List<RouteFile> read(String landing) {
        try {
            Optional<String> name = current();
            List<RouteFile> files =
                    name.isEmpty() ? List.of() : RouteFile.readAll(data.path(FOLDER, name.get()), landing);
            return files.stream().allMatch(file -> file.problems().isEmpty()) ? files : List.of();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The last good routes in {} cannot be read: {}", data.path(FOLDER), Printable.of(e.toString()));
            return List.of();
        }
    }

    /** The name of the set in force. */
    private Optional<String> current() throws IOException {
        try {
            return Optional.of(Files.readString(data.path(FOLDER, CURRENT), StandardCharsets.UTF_8)
                    .strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Keeps a set that is in force now; that it cannot be kept is told, and harms nothing else. */
    void keep(List<RouteFile> files) {
        try {
            Path folder = data.directory(FOLDER);
            String digest = digest(files).substring(0, 8);
            if (current().filter(set -> set.endsWith("-" + digest)).isPresent()) {
                return;
            }
            String name = NAME.format(Instant.now(clock)) + "-" + digest;
            write(folder, name, files);
            Path pointer = Files.createTempFile(folder, ".", ".new");
            Files.writeString(pointer, name + "\n", StandardCharsets.UTF_8);
            Files.move(
                    pointer,
                    folder.resolve(CURRENT),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            forget(folder, name);
        } catch (IOException e) {
            LOG.warn(
                    "The routes in force cannot be kept in {} for a start with bad ones: {}",
                    data.path(FOLDER),
                    Printable.of(e.toString()));
        }
    }

    private void write(Path folder, String name, List<RouteFile> files) throws IOException {
        for (RouteFile file : files) {
            Path target = data.path(FOLDER, name, file.name());
            data.directory(FOLDER, name, file.name().contains("/") ? file.name().replaceFirst("/[^/]*$", "") : ".");
            data.writeOnce(target, file.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String digest(List<RouteFile> files) {
        StringBuilder all = new StringBuilder();
        files.forEach(
                file -> all.append(file.name()).append('\0').append(file.text()).append('\0'));
        return Sha256.of(all.toString());
    }

    /** The oldest but some, which tell what was in force when. */
    private static void forget(Path folder, String current) throws IOException {
        List<Path> sets;
        try (Stream<Path> all = Files.list(folder)) {
            sets = all.filter(Files::isDirectory)
                    .filter(set -> !set.getFileName().toString().equals(current))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path old : sets.subList(Math.min(KEPT - 1, sets.size()), sets.size())) {
            FileSystemUtils.deleteRecursively(old);
        }
    }
}
