package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.chatarchiver.delivery.ExchangeProperties;
import org.chatarchiver.msexchange.MicrosoftExchangeTransport;
import org.chatarchiver.security.StartRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** A limit for items that the destination would not take is refused at the start, not item by item. */
class ExchangeLimitsTest {
    private static void check(MicrosoftExchangeTransport transport, boolean original, String item, String email) {
        ExchangeProperties exchange = new ExchangeProperties(
                transport,
                3,
                16,
                Set.of(),
                "",
                "",
                "",
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                null,
                new ExchangeProperties.Graph("https://graph.microsoft.com/v1.0", original),
                null);
        ExchangeLimits.check(
                exchange,
                new ArchiveProperties.Limits(DataSize.ofMegabytes(10), DataSize.parse(item), DataSize.parse(email)));
    }

    @ParameterizedTest
    @CsvSource({
        "graph, true, 10MB, 35MB",
        "graph, true, 14MB, 35MB",
        "graph, true, 60MB, 150MB",
        "graph, false, 30MB, 35MB",
        "imap, true, 20MB, 35MB",
        "ews, true, 20MB, 35MB"
    })
    void whatFitsIsTaken(MicrosoftExchangeTransport transport, boolean original, String item, String email) {
        assertThatCode(() -> check(transport, original, item, email)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"15MB, 35MB", "20MB, 35MB", "10MB, 20MB", "100MB, 150MB"})
    void anItemWhoseOriginalDoesNotFitBesideItsFilesIsRefused(String item, String email) {
        assertThatThrownBy(() -> check(MicrosoftExchangeTransport.graph, true, item, email))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("archiver.limits.item")
                .hasMessageContaining("2.4 times");
    }

    @Test
    void theRefusalNamesTheCures() {
        assertThatThrownBy(() -> check(MicrosoftExchangeTransport.graph, true, "20MB", "35MB"))
                .isInstanceOfSatisfying(StartRefusedException.class, refused -> assertThat(refused.cure())
                        .contains("archiver.limits.item", "attach-original", "archiver.limits.email"));
    }
}
