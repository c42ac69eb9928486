package org.chatarchiver.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandingPathTest {
    private final LandingPath run = LandingPath.of("wechat", Instant.parse("2026-01-02T23:59:59Z"), "0b5e-1");

    @Test
    void aRunHasAFolderByItsStartInUtc() {
        assertThat(run.folder()).isEqualTo("wechat/2026/01/02/0b5e-1");
        assertThat(run.page(12)).isEqualTo("wechat/2026/01/02/0b5e-1/12.json.gz");
        assertThat(run.manifest()).isEqualTo("wechat/2026/01/02/0b5e-1/manifest.json");
        assertThat(run.attachment("a".repeat(64))).isEqualTo(run.folder() + "/attachments/" + "a".repeat(64));
        assertThat(run.pointer("/../../x")).matches(run.folder() + "/attachments/[0-9a-f]{64}\\.json");
    }

    @Test
    void aPathLeadsBackToItsRun() {
        assertThat(LandingPath.containing(run.page(3))).isEqualTo(run);
        assertThat(LandingPath.containing(run.pointer("/a"))).isEqualTo(run);
        assertThatThrownBy(() -> LandingPath.containing("wechat/1.json.gz")).hasMessageContaining("wechat/1.json.gz");
    }

    @Test
    void anAttemptStandsBeforeTheEnding() {
        assertThat(LandingPath.attempt(run.page(1), 1)).isEqualTo(run.page(1));
        assertThat(LandingPath.attempt(run.page(1), 2)).endsWith("/1-2.json.gz");
        assertThat(LandingPath.attempt(run.manifest(), 3)).endsWith("/manifest-3.json");
        assertThat(LandingPath.attempt(run.attachment("a".repeat(64)), 2)).endsWith("a-2");
    }

    @Test
    void partsThatAreNoNamesAreRefused() {
        Instant start = Instant.EPOCH.plusSeconds(1_700_000_000);
        for (String connector : List.of("", "..", "WeChat", "a/b", "1a", "a".repeat(41))) {
            assertThatThrownBy(() -> LandingPath.of(connector, start, "r")).hasMessageContaining("connector id");
        }
        for (String id : List.of("", "..", "a/b", "a b", ".hidden", "a\nb")) {
            assertThatThrownBy(() -> LandingPath.of("wechat", start, id)).hasMessageContaining("run id");
        }
        assertThatThrownBy(() -> run.page(0)).hasMessageContaining("from 1");
        assertThatThrownBy(() -> run.attachment("../x")).hasMessageContaining("SHA-256");
        assertThatThrownBy(() -> LandingPath.of("wechat", start, "a\nb"))
                .hasMessageContaining("a\\nb")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void onlyPagesAreTakenForPages() {
        assertThat(LandedPage.parse(run.page(7))).contains(new LandedPage(run, 7, 1, run.page(7)));
        assertThat(LandedPage.parse(run.folder() + "/7-2.json.gz"))
                .contains(new LandedPage(run, 7, 2, run.folder() + "/7-2.json.gz"));
        for (String name : List.of("manifest.json", "0.json.gz", "1-1.json.gz", "x.json.gz", "attachments/1.json.gz")) {
            assertThat(LandedPage.parse(run.folder() + "/" + name)).as(name).isEmpty();
        }
        assertThat(LandedPage.parse("wechat/2026/02/31/r/1.json.gz")).isEmpty();
    }
}
