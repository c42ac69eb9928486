package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.archive.Hook;
import org.junit.jupiter.api.Test;

/** What stands in {@code routes/README.md} is what is in the routes. */
class RoutesReadmeTest {
    private static final Path ROUTES = Path.of("routes");
    private static final Pattern FILE = Pattern.compile("`([a-z/]+\\.camel\\.yaml)`");
    private static final Pattern SETTING = Pattern.compile("\\{\\{(archiver\\.[a-z.-]+)}}");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void everyRouteFileIsThereOnceInTheTable() throws IOException {
        List<String> named = rows("file").stream()
                .flatMap(row -> FILE.matcher(row.get(0)).results().map(match -> match.group(1)))
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(files());
    }

    @Test
    void everySettingThatARouteReadsIsThereWithTheFilesThatReadIt() throws IOException {
        Map<String, Set<String>> read = new TreeMap<>();
        for (String file : files()) {
            Matcher settings = SETTING.matcher(Files.readString(ROUTES.resolve(file)));
            while (settings.find()) {
                read.computeIfAbsent(settings.group(1), setting -> new TreeSet<>())
                        .add(file.replace(".camel.yaml", ""));
            }
        }
        Map<String, Set<String>> named = new TreeMap<>();
        for (List<String> row : rows("setting")) {
            quoted(row.get(0)).forEach(setting -> named.put(setting, new TreeSet<>(quoted(row.get(1)))));
        }

        assertThat(named).isEqualTo(read);
    }

    @Test
    void theHooksAreThere() throws IOException {
        assertThat(rows("route").stream().map(row -> quoted(row.get(0)).get(0)))
                .containsExactly(Hook.MESSAGE.route(), Hook.ATTACHMENT.route());
    }

    /** The cells of the table whose first column is headed so. */
    private static List<List<String>> rows(String head) throws IOException {
        return Files.readAllLines(ROUTES.resolve("README.md")).stream()
                .dropWhile(line -> !line.startsWith("| " + head + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> List.of(line.substring(1).split("\\|")))
                .toList();
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(ROUTES)) {
            return walk.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .map(file -> ROUTES.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
