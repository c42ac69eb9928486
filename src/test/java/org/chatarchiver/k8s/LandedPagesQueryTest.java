package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.k8s.Manifests.Kind;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What KEDA asks the ledger for is how many pages have landed and are not archived. */
@RequiresProgram(Manifests.KUBECTL)
class LandedPagesQueryTest {
    @Test
    void pagesCountUntilTheyAreDone() {
        String query = Manifests.of("everything")
                .of(Kind.ScaledObject)
                .get(0)
                .at("/spec/triggers/0/metadata/query")
                .asText();
        try (LedgerOnH2 ledger = new LedgerOnH2()) {
            assertThat(asked(ledger, query)).isZero();
            Instant now = ledger.clock().instant();
            Run run = ledger.bean(Runs.class)
                    .open("wechat", Run.Cause.SCHEDULE, false, now.minusSeconds(600), now.minusSeconds(300))
                    .orElseThrow();
            Page page = new Page(run.id(), 1, "path", "a".repeat(64), 10, 0, now);
            ledger.bean(Pages.class).landed(page);
            assertThat(asked(ledger, query)).isEqualTo(1);
            ledger.bean(Pages.class).done(page);
            assertThat(asked(ledger, query)).isZero();
        }
    }

    private static int asked(LedgerOnH2 ledger, String query) {
        return ledger.bean(JdbcTemplate.class).queryForObject(query, Integer.class);
    }
}
