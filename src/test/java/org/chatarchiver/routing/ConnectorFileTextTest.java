package org.chatarchiver.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chatarchiver.routing.ConnectorTexts.NETWORKS;
import static org.chatarchiver.routing.ConnectorTexts.SIGNAL;
import static org.chatarchiver.routing.ConnectorTexts.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.chatarchiver.connector.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no connector, whatever else they are. */
class ConnectorFileTextTest {
    @TempDir
    private Path folder;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 0 0 30 2 ? | which never fires
            0 0 0 31 4 ? 2099 | which never fires
            0 0 0 1 1 ? 1970 | whose times have all passed
            0 0 0 29 2 ? 2024 | whose times have all passed
            """)
    void aScheduleWithNoTimeToComeIsToldFromOneThatNeverHadAny(String schedule, String why) {
        String text = SIGNAL.replace("0 15 2 * * ?", schedule);
        assertThat(read(text).problems())
                .singleElement()
                .asString()
                .contains("has the schedule '" + schedule + "', " + why + "; Quartz does not take it");
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
            bomb.append(String.format(Locale.ROOT, "- templatedRoute: &a%d [*a%d, *a%d]%n", i, i - 1, i - 1));
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
}
