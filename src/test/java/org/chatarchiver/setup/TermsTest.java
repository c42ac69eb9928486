package org.chatarchiver.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chatarchiver.message.Sha256;
import org.chatarchiver.security.StartRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TermsTest {
    @TempDir
    private Path folder;

    @Test
    void theShippedTermsHaveAVersionAndTheDigestOfTheirText() {
        Terms.Text shipped = terms(null).current();

        assertThat(shipped.version()).isEqualTo("1");
        assertThat(shipped.sha256()).isEqualTo(Sha256.of(shipped.text()));
        assertThat(shipped.text()).contains("TeleMessage", "informed the people concerned", "retention");
    }

    @Test
    void anOrganisationsOwnTermsTakeTheirPlaceAndAreReadAnewWhenTheyChange() throws IOException {
        Path file = write("Terms\nversion: 2026-11 \nFirst.");
        Terms terms = terms(file);
        assertThat(terms.current().version()).isEqualTo("2026-11");

        write("Version 2027-01\nSecond.");

        assertThat(terms.current())
                .isEqualTo(
                        new Terms.Text("2027-01", Sha256.of("Version 2027-01\nSecond."), "Version 2027-01\nSecond."));
    }

    @Test
    void aTextWithoutAVersionIsNamedByTheBeginningOfItsDigest() throws IOException {
        Terms.Text text = terms(write("As agreed.")).current();

        assertThat(text.version()).hasSize(12);
        assertThat(text.sha256()).startsWith(text.version());
    }

    @Test
    void aFileThatIsLostWhileTheArchiverRunsLeavesTheTermsInForceAndIsToldOnce(CapturedOutput log) throws IOException {
        Path file = write("Version 1");
        Terms terms = terms(file);
        Files.delete(file);

        assertThat(terms.current().version()).isEqualTo("1");
        assertThat(terms.current().version()).isEqualTo("1");

        assertThat(log).containsOnlyOnce("(archiver.terms) are not there; the terms of before stay in force");
    }

    @Test
    void theStartIsRefusedWithTermsThatCannotBeShown() throws IOException {
        assertRefused(folder.resolve("nowhere.txt"), "are not there");
        assertRefused(write(" \n"), "is empty");
        assertRefused(write("a\u0000b"), "has control characters");
        assertRefused(write("x".repeat(64 * 1024 + 1)), "is larger than 64 KB");
        assertRefused(
                Files.write(folder.resolve("latin.txt"), "f\u00fcr".getBytes(StandardCharsets.ISO_8859_1)), "UTF-8");
        assertThat(terms(write("x".repeat(64 * 1024))).current().text()).hasSize(64 * 1024);
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> terms(file))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("terms.txt"), text);
    }

    private static Terms terms(Path file) {
        return SetupFixture.terms(file, null);
    }
}
