package org.chatarchiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** That nothing asks the machine for its locale, charset or time zone is held by a plugin of the build: that it is there, and for what. */
class ForbiddenApisTest {
    private static final String PLUGIN = "/project/build/plugins/plugin[artifactId='forbiddenapis']";

    @Test
    void theBuildRefusesThemInTheProgramAndInItsTests() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
        XPath path = XPathFactory.newInstance().newXPath();
        assertThat(List.of("jdk-unsafe", "jdk-deprecated", "jdk-system-out"))
                .allSatisfy(signature -> assertThat(path.evaluate(
                                "count(" + PLUGIN + "/configuration/bundledSignatures[bundledSignature='" + signature
                                        + "'])",
                                pom))
                        .as(signature)
                        .isEqualTo("1"));
        assertThat(List.of("check", "testCheck")).allSatisfy(goal -> assertThat(
                        path.evaluate("count(" + PLUGIN + "/executions/execution/goals[goal='" + goal + "'])", pom))
                .as(goal)
                .isEqualTo("1"));
    }

    /** Those of the tests say why, or do not compile. */
    @Test
    void theProgramHasNoException() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("SuppressForbidden"));
        }
    }
}
