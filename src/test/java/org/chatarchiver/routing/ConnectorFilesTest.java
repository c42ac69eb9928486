package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.routing.ConnectorTexts.NETWORKS;
import static org.chatarchiver.routing.ConnectorTexts.SIGNAL;
import static org.chatarchiver.routing.ConnectorTexts.read;
import static org.chatarchiver.routing.ConnectorTexts.without;

import java.nio.file.Path;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorFilesTest {
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
                "\"0 15 2 * * ?\"      | \"0 99 2 * * ?\"       | 9  | in which Quartz would read 98 as ? and 99 as *",
                "\"0 15 2 * * ?\"      | \"0 60 2 * * ?\"       | 9  | between 0 and 59",
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
                "value: \"signal\"     | value: {{a}}           | 5  | put a text with {{...}} in quotes",
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
    @ValueSource(
            strings = {
                "Signal Archiver ",
                " Signal Archiver",
                "Signal Archiver\u00A0",
                "\u3000Signal Archiver",
                "Signal\u200B"
            })
    void folderWithWhiteSpaceAtAnEndIsRefusedWithFileAndLine(String name) {
        ConnectorFiles files =
                read(SIGNAL.replace("folder, value: \"Signal Archiver\"", "folder, value: \"" + name + "\""));

        assertThat(files.good()).isEmpty();
        assertThat(files.problems())
                .singleElement()
                .asString()
                .startsWith("connectors/1.camel.yaml:8: ")
                .contains("white space at an end");
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
}
