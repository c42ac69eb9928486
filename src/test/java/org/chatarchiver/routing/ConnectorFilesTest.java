package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorFilesTest {
    private static final Set<String> NETWORKS = Set.of("WECHAT", "WHATSAPP", "SIGNAL");
    private static final String SIGNAL = """
            - templatedRoute:
                routeTemplateRef: connector
                routeId: signal
                parameters:
                  - { name: id, value: "signal" }
                  - { name: name, value: "Signal Archiver" }
                  - { name: network, value: "SIGNAL" }
                  - { name: folder, value: "Signal Archiver" }
                  - { name: schedule, value: "0 15 2 * * ?" }
                  - { name: username, value: "ops" }
                  - { name: mapping, value: "file:data/mapping/signal.csv" }
                  - { name: automaticMapping, value: "true" }
            """;

    @TempDir
    private Path folder;

    @Test
    void shippedFilesAreGood() throws Exception {
        ConnectorFiles files = new ConnectorFiles(NETWORKS);
        RouteFile.readAll(Path.of("routes"), "file").stream()
                .filter(RouteFile::isConnector)
                .forEach(files::add);

        assertThat(files.problems()).isEmpty();
        assertThat(files.good().values())
                .extracting(Connector::folder)
                .containsExactly("WeChat Archiver", "WhatsApp Archiver");
    }

    @Test
    void connectorIsWhatItsFileSays() {
        assertThat(read(SIGNAL).good())
                .containsExactly(java.util.Map.entry(
                        "signal",
                        new Connector(
                                "signal",
                                "Signal Archiver",
                                "SIGNAL",
                                "Signal Archiver",
                                "0 15 2 * * ?",
                                "ops",
                                "file:data/mapping/signal.csv",
                                true)));
    }

    @Test
    void scheduleAndMappingMayBeLeftOut() {
        Connector connector =
                read(without(without(SIGNAL, "schedule"), "mapping")).good().get("signal");

        assertThat(connector.schedule()).isEqualTo("0 15 2 * * ?");
        assertThat(connector.mapping()).isEmpty();
    }

    @Test
    void valuesNeedNoQuotes() {
        Connector connector = read(SIGNAL.replace("\"true\"", "true").replace("\"ops\"", "4711"))
                .good()
                .get("signal");

        assertThat(connector.automaticMapping()).isTrue();
        assertThat(connector.username()).isEqualTo("4711");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"SIGNAL\"            | \"ICQ\"                | 7  | unknown network 'ICQ'; known are [SIGNAL, WECHAT, WHATSAPP]",
                "\"SIGNAL\"            | \"signal\"             | 7  | unknown network 'signal'",
                "\"ops\"               | \"{{user.name}}\"      | 10 | 'username' contains '{{', which would be evaluated",
                "\"ops\"               | \"${bean:x}\"          | 10 | 'username' contains '${', which would be evaluated",
                "\"ops\"               | \"RAW(x)\"             | 10 | 'username' contains 'RAW(', which would be evaluated",
                "\"ops\"               | \"RAW{x}\"             | 10 | 'username' contains 'RAW{', which would be evaluated",
                "\"ops\"               | \"o\\nps\"             | 10 | 'username' contains a control character",
                "\"ops\"               | \"o:ps\"               | 10 | a colon, which HTTP Basic cannot carry",
                "\"ops\"               | [ops]                  | 10 | 'username' has no value that is a text",
                "\"ops\"               | \"\"                   | 10 | lacks the parameter 'username'",
                "\"0 15 2 * * ?\"      | \"15 2 * * *\"         | 9  | no Quartz cron expression",
                "\"0 15 2 * * ?\"      | \"\"                   | 9  | no Quartz cron expression",
                "value: \"signal\"     | value: \"Signal\"      | 5  | an id is [a-z][a-z0-9-]{0,39}",
                "value: \"signal\"     | value: \"../x\"        | 5  | an id is [a-z][a-z0-9-]{0,39}",
                "routeId: signal       | routeId: other         | 2  | a routeId other than its parameter 'id'",
                "routeId: signal       | prefixId: x            | 3  | has the key 'prefixId'",
                "routeTemplateRef: connector | routeTemplateRef: other | 2 | has no 'routeTemplateRef: connector'",
                "automaticMapping      | automaticMaping        | 12 | unknown parameter 'automaticMaping'",
                "\"true\"              | \"yes\"                | 12 | automaticMapping 'yes'; write true or false",
                "name: mapping         | name: username         | 11 | has the parameter 'username' twice",
                "file:data             | http://data            | 11 | it must be file:<path>",
                "- { name: id          | - { name: id, name: id | 5  | has the key 'name' twice",
                "value: \"signal\"     | value: !!java.net.URL \"signal\" | 5 | uses a YAML tag",
                "value: \"signal\"     | value: &a \"signal\"   | 5  | uses a YAML anchor",
                "value: \"signal\"     | value: *a              | 5  | uses a YAML anchor or alias",
                "value: \"signal\"     | value: \"signal        | 6  | is no YAML",
            })
    void badValueIsRefusedWithItsLine(String from, String to, int line, String sentence) {
        ConnectorFiles files = read(
                SIGNAL.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));

        assertThat(files.good()).isEmpty();
        assertThat(files.problems()).extracting(Problem::toString).anySatisfy(problem -> assertThat(problem)
                .startsWith("connectors/1.camel.yaml:" + line + ": ")
                .contains(sentence));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "name", "network", "folder", "username"})
    void missingParameterIsNamed(String parameter) {
        assertThat(read(without(SIGNAL, parameter)).problems())
                .extracting(Problem::sentence)
                .containsExactly("lacks the parameter '" + parameter + "'");
    }

    @Test
    void neitherMappingNorAutomaticMappingIsRefused() {
        assertThat(read(without(SIGNAL, "mapping").replace("\"true\"", "\"false\""))
                        .problems())
                .singleElement()
                .asString()
                .contains("neither a mapping file nor automatic mapping");
    }

    @Test
    void secondConnectorOfOneIdIsLeftOutAndTheFirstStays() {
        ConnectorFiles files = read(
                SIGNAL,
                SIGNAL.replace("\"ops\"", "\"other\"")
                        .replace("folder, value: \"Signal Archiver\"", "folder, value: \"Other\""));

        assertThat(files.good()).containsOnlyKeys("signal");
        assertThat(files.problems())
                .extracting(Problem::toString)
                .containsExactly("connectors/2.camel.yaml:5: has the same id 'signal' as connectors/1.camel.yaml");
    }

    @Test
    void secondConnectorOfOneNetworkAndUserIsLeftOut() {
        assertThat(read(
                                SIGNAL,
                                SIGNAL.replace("\"signal\"", "\"two\"")
                                        .replace("routeId: signal", "routeId: two")
                                        .replace("folder, value: \"Signal Archiver\"", "folder, value: \"Other\""))
                        .problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "connectors/2.camel.yaml:10: has the same network and user name as connectors/1.camel.yaml");
    }

    @Test
    void secondConnectorOfOneFolderIsLeftOut() {
        assertThat(read(
                                SIGNAL,
                                SIGNAL.replace("\"signal\"", "\"two\"")
                                        .replace("routeId: signal", "routeId: two")
                                        .replace("\"SIGNAL\"", "\"WECHAT\"")
                                        .replace(
                                                "folder, value: \"Signal Archiver\"",
                                                "folder, value: \"SIGNAL archiver\""))
                        .problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "connectors/2.camel.yaml:8: has the same folder 'SIGNAL archiver' as connectors/1.camel.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "route: x\n",
                "- route: { id: x }\n",
                "- templatedRoute: {}\n- templatedRoute: {}\n",
                "- templatedRoute: x\n",
                "- templatedRoute:\n    routeTemplateRef: connector\n    parameters: x\n",
                "just text\n",
                "\u0000\u0007",
                "- [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n",
                "? [a]\n: b\n"
            })
    void whatIsNoConnectorIsRefused(String text) {
        ConnectorFiles files = read(text);

        assertThat(files.good()).isEmpty();
        assertThat(files.problems()).isNotEmpty();
    }

    @Test
    void twoDocumentsAreRefused() {
        assertThat(read(SIGNAL + "---\n" + SIGNAL).problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("connectors/1.camel.yaml:13: is no YAML");
    }

    @Test
    void aliasBombIsRefusedAtItsFirstAnchor() {
        StringBuilder bomb = new StringBuilder("- templatedRoute: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("- templatedRoute: &a%d [*a%d, *a%d]%n".formatted(i, i - 1, i - 1));
        }
        assertThat(read(bomb.toString()).problems())
                .first()
                .asString()
                .isEqualTo("connectors/1.camel.yaml:1: uses a YAML anchor or alias (& or *); write the value itself");
    }

    @Test
    void filesThatAreNotTextAreProblemsOfTheirOwn() throws IOException {
        Path connectors = Files.createDirectories(folder.resolve("connectors"));
        Files.write(
                connectors.resolve("latin.camel.yaml"),
                SIGNAL.replace("Signal", "Sígnal").getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(connectors.resolve("long.camel.yaml"), SIGNAL + "#".repeat(70_000));
        Files.createDirectories(connectors.resolve("folder.camel.yaml"));
        Files.createSymbolicLink(connectors.resolve("link.camel.yaml"), connectors.resolve("nowhere"));
        Files.writeString(connectors.resolve("signal.yaml"), SIGNAL);
        ConnectorFiles files = new ConnectorFiles(NETWORKS);
        RouteFile.readAll(folder, "file").stream()
                .filter(RouteFile::isConnector)
                .forEach(files::add);

        assertThat(files.good()).isEmpty();
        assertThat(files.problems())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        unread -> assertThat(unread).startsWith("connectors/folder.camel.yaml: cannot be read"),
                        latin -> assertThat(latin).contains("connectors/latin.camel.yaml: is not UTF-8"),
                        link -> assertThat(link).contains("connectors/link.camel.yaml: is missing"),
                        tooLong -> assertThat(tooLong).contains("connectors/long.camel.yaml: is longer than"),
                        ending -> assertThat(ending).contains("connectors/signal.yaml: is not read"));
    }

    private static ConnectorFiles read(String... texts) {
        ConnectorFiles files = new ConnectorFiles(NETWORKS);
        List<String> all = Arrays.asList(texts);
        for (int i = 0; i < all.size(); i++) {
            String name = "connectors/" + (i + 1) + ".camel.yaml";
            files.add(RouteFile.parse(name, Path.of(name), all.get(i)));
        }
        return files;
    }

    private static String without(String text, String parameter) {
        return text.replaceAll("(?m)^ *- \\{ name: " + parameter + ",.*\\n", "");
    }
}
