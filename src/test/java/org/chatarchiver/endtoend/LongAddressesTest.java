package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send to the console's door comes back cut, if at all. */
class LongAddressesTest {
    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

    @TempDir
    static Path folder;

    private static HawtioBed bed;

    @BeforeAll
    static void start() throws IOException {
        bed = new HawtioBed(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/LONG",
                "/console/search?q=LONG",
                "/console/login?to=/console/LONG",
                "/console/login?to=LONG&ended=LONG&left=LONG",
                "/console/onward?to=/console/LONG",
                "/console/onward?to=LONG",
                "/console/static/LONG",
                "/console/oidc/start/LONG?to=/console/LONG",
                "/LONG"
            })
    void aVeryLongAddressOfAStrangerIsNotSaidBackAtLength(String path) throws Exception {
        // As long as the server lets in, of signs that grow where they are encoded.
        int times = path.split("LONG", -1).length - 1;
        String asked = path.replace("LONG", "/~".repeat(3_000 / times));
        for (String[] headers : new String[][] {
            {"Accept", HTML},
            {"Accept", "application/json"},
            {"Accept", HTML, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"},
            {"Accept", HTML, "HX-Request", "true"}
        }) {
            HttpResponse<String> answer = new ConsoleClient(bed.port()).get(asked, headers);
            assertThat(answer.statusCode()).isLessThan(500);
            assertThat(answer.headers().toString()).hasSizeLessThan(2_000);
            assertThat(answer.body()).hasSizeLessThan(5_000).doesNotContain("/~".repeat(600));
        }
    }

    @Test
    void aVeryLongNameIsNotSaidBack() throws Exception {
        HttpResponse<String> answer =
                new ConsoleClient(bed.port()).logIn("x".repeat(100_000), "wrong", "/console/" + "x".repeat(100_000));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).hasSizeLessThan(5_000).contains("password is wrong");
    }
}
