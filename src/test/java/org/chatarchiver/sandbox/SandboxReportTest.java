package org.chatarchiver.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever starts the sandbox is told what the oddities among its messages are. */
class SandboxReportTest {
    private static final List<Sample> SAMPLES = new SampleTraffic(7).past(1_200, Instant.parse("2026-11-20T12:00:00Z"));

    @ParameterizedTest
    @EnumSource(names = {"TWO_PHONES", "WHATSAPP_ID", "BRAZILIAN_NUMBER", "ATTACHMENT_CUT_SHORT"})
    void whatAReaderOfTheReportsMightWonderAtIsExplainedByAMessageOfTheTraffic(OddCase odd) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SandboxReport(new PrintStream(bytes, true, StandardCharsets.UTF_8)).explain(SAMPLES);

        String id = SAMPLES.stream()
                .map(sample -> sample.expectation().messageId())
                .filter(one -> one.endsWith("-" + odd))
                .findFirst()
                .orElseThrow();
        assertThat(odd.explanation()).hasSizeGreaterThan(40);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains(id + ": " + odd.explanation());
    }
}
