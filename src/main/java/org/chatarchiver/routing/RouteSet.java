package org.chatarchiver.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.chatarchiver.message.Sha256;

/**
 * The route files as they are at one look.
 *
 * @param missing directories that are not there, though the files in them are in force
 */
record RouteSet(List<RouteFile> files, List<Problem> missing) {
    private static final String SETTING = "archiver.routes";

    /** @param landing whose files count */
    static RouteSet read(Path routes, String landing) {
        try {
            List<RouteFile> files = RouteFile.readAll(routes, landing);
            return new RouteSet(
                    files,
                    Files.isDirectory(routes.resolve(RouteFile.CONNECTORS))
                            ? List.of()
                            : List.of(new Problem(
                                    RouteFile.CONNECTORS, 0, "is a directory that is missing; restore it")));
        } catch (IOException e) {
            return new RouteSet(
                    List.of(),
                    List.of(new Problem(
                            "",
                            0,
                            "the directory " + SETTING + "=" + routes + " cannot be read (" + Printable.of(e.toString())
                                    + "); restore it")));
        }
    }

    List<RouteFile> shared() {
        return files.stream().filter(file -> !file.isConnector()).toList();
    }

    List<RouteFile> connectors() {
        return files.stream().filter(RouteFile::isConnector).toList();
    }

    /** Of each file, by name; of one that cannot be read it is that of what is wrong. */
    Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        files.forEach(file -> digests.put(file.name(), digest(file)));
        return digests;
    }

    static String digest(RouteFile file) {
        return Sha256.of(file.text().isEmpty() ? file.problems().toString() : file.text());
    }

    /** Whether it is the same look: each file says the same, letter by letter. */
    boolean sameAs(RouteSet other) {
        return other != null && missing.equals(other.missing) && digests().equals(other.digests());
    }
}
