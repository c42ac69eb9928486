package org.chatarchiver.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.LandedPage;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Manifest;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What landed pages tell of themselves and of their run, where the ledger does not know them. */
class AdoptedPagesTest extends LandedRunFixture {
    private static final Instant STARTED = Instant.parse("2026-11-19T11:00:00.250Z");
    private static final LandingPath RUN = LandingPath.of("wechat", STARTED, "20261119T110000250Z-abcdef");
    private static final String ONE_MESSAGE = """
            {"messages":[{"messageId":"m1"}],"nextCursor":null,"totalCount":1}""";

    private AdoptedPages adopted;

    @BeforeEach
    void adopted() {
        adopted = new AdoptedPages(landing.landings(), ledger.clock());
    }

    @Test
    void aWholePageIsTakenInWithItsDigestAndItsCount() throws IOException {
        Landed landed = land(RUN, 1, ONE_MESSAGE);
        AdoptedPages.Lot lot = inspect();
        assertThat(lot.bad()).isEmpty();
        assertThat(lot.pages()).singleElement().satisfies(page -> {
            assertThat(page.run()).isEqualTo(RUN.run());
            assertThat(page.number()).isEqualTo(1);
            assertThat(page.sha256()).isEqualTo(landed.sha256());
            assertThat(page.messages()).isEqualTo(1);
        });
    }

    @Test
    void bytesThatAreNoPageAreNamedAndTheOthersAreTakenIn() throws IOException {
        land(RUN, 1, ONE_MESSAGE);
        String cut = land(RUN, 2, EMPTY_PAGE).path();
        Files.write(folder.resolve("landing").resolve(cut), new byte[] {1, 2, 3});
        AdoptedPages.Lot lot = inspect();
        assertThat(lot.pages()).extracting(Page::number).containsExactly(1);
        assertThat(lot.bad()).containsOnlyKeys(cut);
    }

    @Test
    void aPageThatIsNotTheOneOfTheManifestIsRefused() throws IOException {
        Landed landed = land(RUN, 1, ONE_MESSAGE);
        landing.landings().land(RUN, manifest(landed.path(), "b".repeat(64)));
        AdoptedPages.Lot lot = inspect();
        assertThat(lot.pages()).isEmpty();
        assertThat(lot.bad().get(landed.path()))
                .contains(
                        "expected SHA-256 " + "b".repeat(64),
                        "found " + landed.sha256().substring(0, 20));
    }

    @Test
    void aRunWhoseManifestIsThereGoesOnWithItsWindow() throws IOException {
        Landed landed = land(RUN, 1, ONE_MESSAGE);
        landing.landings().land(RUN, manifest(landed.path(), landed.sha256()));
        Run run = adopted.run(RUN, inspect());
        assertThat(run.cause()).isEqualTo(Run.Cause.ADOPTED);
        assertThat(run.state()).isEqualTo(Run.State.RUNNING);
        assertThat(run.from()).isEqualTo(STARTED.minus(Duration.ofDays(1)));
        assertThat(run.to()).isEqualTo(STARTED);
        assertThat(run.totalCount()).isEqualTo(1);
        assertThat(run.movesWatermark()).isFalse();
    }

    @Test
    void aRunWhosePagesRetentionHasRemovedLacksNothing() throws IOException {
        Landed gone = land(RUN, 1, EMPTY_PAGE);
        Landed landed = land(RUN, 2, ONE_MESSAGE);
        landing.landings().land(RUN, manifest(landed.path(), landed.sha256()));
        landing.landings().noteRetention(RUN);
        landing.landings().noteRetention(RUN);
        landing.landings().remove(gone.path());
        AdoptedPages.Lot lot = inspect();
        assertThat(lot.pages()).extracting(Page::number).containsExactly(2);
        assertThat(lot.bad()).isEmpty();
        assertThat(adopted.run(RUN, lot).totalCount())
                .as("what the source counted was more")
                .isNull();
    }

    @Test
    void aRunWithoutOneHasFailedSinceItsWindowIsNotKnown() throws IOException {
        land(RUN, 1, ONE_MESSAGE);
        Run run = adopted.run(RUN, inspect());
        assertThat(run.state()).isEqualTo(Run.State.FAILED);
        assertThat(run.reason()).isEqualTo(Reason.RUN_INTERRUPTED);
        assertThat(run.started()).isEqualTo(STARTED);
        assertThat(run.movesWatermark()).isFalse();
    }

    private AdoptedPages.Lot inspect() throws IOException {
        List<LandedPage> pages = landing.landedRuns().pages(RUN);
        return adopted.inspect(RUN, pages);
    }

    private static Manifest manifest(String path, String sha256) {
        return new Manifest(
                RUN.connector(),
                RUN.run(),
                STARTED.minus(Duration.ofDays(1)),
                STARTED,
                STARTED,
                STARTED.plusSeconds(10),
                1,
                List.of(new Manifest.Page(path, sha256, 10, 1)),
                List.of(),
                null);
    }
}
