package org.chatarchiver.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.security.DataDirectory;
import org.springframework.util.FileSystemUtils;

/**
 * A directory in which an archiver runs: a copy of {@code routes}, with schedule and mapping files of its own, and {@code data} with the
 * passwords of the feed.
 *
 * @param folder holds {@code routes} and {@code data}
 */
public record ArchiverHome(Path folder) {

    /** Makes it anew, from the routes of the working directory. */
    public static ArchiverHome create(Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        ArchiverHome home = new ArchiverHome(folder);
        Files.createDirectories(folder);
        new DataDirectory(home.data());
        copy(Path.of("routes"), home.routes());
        return home;
    }

    public Path routes() {
        return folder.resolve("routes");
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path mapping(String connector) {
        return data().resolve("mapping").resolve(connector + ".csv");
    }

    /** Gives a shipped connector a schedule, a mapping and the password of the feed. */
    public ArchiverHome connector(String id, String cron, String mapping, String password) throws IOException {
        Path file = routes().resolve("connectors").resolve(id + ".camel.yaml");
        String text = Files.readString(file)
                .replace("0 15 2 * * ?", cron)
                .replace("file:data/mapping/" + id + ".csv", "file:" + mapping(id));
        Files.writeString(file, text);
        write(mapping(id), mapping);
        secret(data().resolve("secrets").resolve(id).resolve("password"), password);
        return this;
    }

    /** Adds a connector, with a mapping file here and the password of the feed. */
    public ArchiverHome added(Connector connector, String mapping, String password) throws IOException {
        write(routes().resolve("connectors").resolve(connector.id() + ".camel.yaml"), text(connector));
        write(mapping(connector.id()), mapping);
        secret(data().resolve("secrets").resolve(connector.id()).resolve("password"), password);
        return this;
    }

    /** Lands where another one does, as the archivers of a cluster do. */
    public ArchiverHome landingWith(ArchiverHome other) throws IOException {
        Path landing = Files.createDirectories(other.data().resolve("landing"));
        Files.createSymbolicLink(data().resolve("landing"), landing.toAbsolutePath());
        return this;
    }

    private String text(Connector connector) {
        return String.format(
                Locale.ROOT,
                """
                - templatedRoute:
                    routeTemplateRef: connector
                    routeId: %1$s
                    parameters:
                      - { name: id, value: "%1$s" }
                      - { name: name, value: "%2$s" }
                      - { name: network, value: "%3$s" }
                      - { name: folder, value: "%4$s" }
                      - { name: schedule, value: "%5$s" }
                      - { name: username, value: "%6$s" }
                      - { name: mapping, value: "file:%7$s" }
                      - { name: automaticMapping, value: "%8$s" }
                """,
                connector.id(),
                connector.name(),
                connector.network(),
                connector.folder(),
                connector.schedule(),
                connector.username(),
                mapping(connector.id()),
                connector.automaticMapping());
    }

    /** Its owner's alone, as the archiver wants it. */
    private static void secret(Path file, String text) throws IOException {
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(from)) {
            all = paths.sorted(Comparator.naturalOrder()).toList();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target);
            }
        }
    }
}
