package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.chatarchiver.message.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class TermsApiTest extends ApiTest {
    private static final String TEXT = "Version: 1\n\nAs agreed.\n";
    private static final String ACCEPT = "/api/terms/acceptances";

    @BeforeEach
    void write() throws IOException {
        Files.writeString(SetupContext.TERMS, TEXT);
    }

    @Test
    void theTermsAreShownWithTheirDigestAndOnceAcceptedWithTheTime() {
        assertThat(terms("ada"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"version\":\"1\",\"sha256\":\"" + Sha256.of(TEXT)
                        + "\",\"text\":\"Version: 1\\n\\nAs agreed.\\n\",\"accepted\":null}");

        MvcTestResult accepted = post(ACCEPT, consent(TEXT));

        assertThat(accepted).hasStatusOk().bodyJson().extractingPath("$.by").isEqualTo("ada");
        assertThat(accepted).bodyJson().extractingPath("$.version").isEqualTo("1");
        assertThat(terms("ada")).bodyJson().extractingPath("$.accepted").isNotNull();
        assertThat(terms("bob")).bodyJson().extractingPath("$.accepted").isNull();
        assertThat(post(ACCEPT, consent(TEXT))).hasStatusOk();
        assertThat(jdbc.queryForObject("select count(*) from terms_acceptance", Long.class))
                .isEqualTo(1);
    }

    @Test
    void termsThatHaveChangedSinceTheyWereShownAreNotAccepted() throws IOException {
        String now = "Version: 2\n\nOtherwise.\n";
        Files.writeString(SetupContext.TERMS, now);

        MvcTestResult refused = post(ACCEPT, consent(TEXT));

        assertProblem(refused, HttpStatus.CONFLICT, "others by now (version 2); read them by GET /api/terms");
        assertThat(refused).bodyJson().extractingPath("$.version").isEqualTo("2");
        assertThat(refused).bodyJson().extractingPath("$.sha256").isEqualTo(Sha256.of(now));
        assertThat(jdbc.queryForObject("select count(*) from terms_acceptance", Long.class))
                .isZero();
    }

    @Test
    void whoHasAcceptedIsAskedAgainWhenTheTermsChange() throws IOException {
        post(ACCEPT, consent(TEXT));
        Files.writeString(SetupContext.TERMS, "Version: 2");

        assertThat(terms("ada")).bodyJson().extractingPath("$.accepted").isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"sha256\":null}",
                "{\"sha256\":\"\"}",
                "{\"sha256\":\"ABC\"}",
                "{\"sha256\":1}",
                "null",
                ""
            })
    void aConsentNamesTheTextByItsDigest(String body) {
        assertProblem(post(ACCEPT, body), HttpStatus.BAD_REQUEST, "");
    }

    private static String consent(String text) {
        return "{\"sha256\":\"" + Sha256.of(text) + "\"}";
    }

    private MvcTestResult terms(String user) {
        return mvc.get().uri("/api/terms").principal(() -> user).exchange();
    }
}
