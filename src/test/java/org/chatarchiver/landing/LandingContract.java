package org.chatarchiver.landing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chatarchiver.message.Sha256;
import org.junit.jupiter.api.Test;

/** What every landing zone promises, asked of the real route files. */
abstract class LandingContract extends LandingFixture {
    private static final long LARGE = 300L * 1024 * 1024;

    @Test
    void aLandedPageIsReadBackByteForByte() throws Exception {
        LandingPath run = run();
        Landed landed = land(run.page(1), "{\"messages\":[]}");

        assertThat(landed).isEqualTo(new Landed(run.page(1), Sha256.of("{\"messages\":[]}".getBytes(UTF_8)), 15));
        assertThat(read(landed)).isEqualTo("{\"messages\":[]}");
        assertThat(read(landed)).as("opened again").isEqualTo("{\"messages\":[]}");
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void theSameBytesAreAcceptedAgainUnderTheSameName() throws Exception {
        LandingPath run = run();
        Landed first = land(run.page(1), "same");
        byte[] before = stored(first.path());

        assertThat(land(run.page(1), "same")).isEqualTo(first);
        assertThat(stored(first.path())).isEqualTo(before);
        assertThat(pages(run)).containsExactly(run.page(1));
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void otherBytesLandBesideTheFirstOnes() throws Exception {
        LandingPath run = run();
        Landed first = land(run.page(1), "one");
        Landed second = land(run.page(1), "two");
        Landed third = land(run.page(1), "three");

        assertThat(second.path()).isEqualTo(run.folder() + "/1-2.json.gz");
        assertThat(third.path()).isEqualTo(run.folder() + "/1-3.json.gz");
        assertThat(land(run.page(1), "two")).isEqualTo(second);
        assertThat(List.of(read(first), read(second), read(third))).containsExactly("one", "two", "three");
    }

    @Test
    void whatIsNoPageLandsBesideItAndIsNeverTakenForOne() throws Exception {
        LandingPath run = run();
        Landed page = land(run.page(1), "page");
        Landed first = land(LandingPath.rejected(run.page(1)), "<html>");
        Landed second = land(LandingPath.rejected(run.page(1)), "{\"messages\":[");

        assertThat(first.path()).isEqualTo(run.folder() + "/1-rejected-1.json.gz");
        assertThat(second.path()).isEqualTo(run.folder() + "/1-rejected-2.json.gz");
        assertThat(land(LandingPath.rejected(run.page(1)), "<html>"))
                .as("the same again")
                .isEqualTo(first);
        assertThat(List.of(read(first), read(second))).containsExactly("<html>", "{\"messages\":[");
        assertThat(pages(run)).containsExactly(page.path());
        assertThat(context.landedRuns().pages(run)).extracting(LandedPage::path).containsExactly(page.path());
    }

    @Test
    void twoWhoLandOnTheSamePathAtOnceBothKeepTheirBytes() throws Exception {
        LandingPath run = run();
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int page = 1; page <= 10; page++) {
                String path = run.page(page);
                List<Future<Landed>> both = threads.invokeAll(Stream.of("left", "right")
                        .<Callable<Landed>>map(text -> () -> {
                            Staged<Void> staged = stage(path, text);
                            together.await();
                            return context.landings().land(staged);
                        })
                        .toList());
                Landed left = both.get(0).get();
                Landed right = both.get(1).get();
                assertThat(List.of(left.path(), right.path()))
                        .containsExactlyInAnyOrder(path, LandingPath.attempt(path, 2));
                assertThat(List.of(read(left), read(right))).containsExactly("left", "right");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void bytesThatHaveChangedAreNoticedAtTheEndOfTheStream() throws Exception {
        LandingPath run = run();
        Landed landed = land(run.page(1), "what was said");
        Landed other = land(run.page(2), "what was not said");
        overwrite(landed.path(), stored(other.path()));

        assertThatThrownBy(() -> read(landed))
                .isInstanceOf(LandingCorruptException.class)
                .hasMessageContainingAll(landed.path(), landed.sha256(), other.sha256());
    }

    @Test
    void bytesThatCannotBeUnpackedAreCorruptToo() throws Exception {
        LandingPath run = run();
        Landed landed = land(run.page(1), "what was said");
        byte[] bytes = stored(landed.path());
        overwrite(landed.path(), Arrays.copyOf(bytes, bytes.length - 9));

        assertThatThrownBy(() -> read(landed)).isInstanceOf(LandingCorruptException.class);
        assertThat(land(run.page(1), "what was said").path())
                .as("a page that went bad does not pass for a landed one")
                .isEqualTo(LandingPath.attempt(run.page(1), 2));
    }

    @Test
    void aPathThatNothingLandedUnderIsAFailureThatNamesIt() {
        String path = run().page(7);

        assertThatThrownBy(() -> context.landings().open(path, "0".repeat(64)))
                .isInstanceOf(LandingException.class)
                .hasMessageContaining("direct:read-object");
    }

    @Test
    void anAttachmentIsFoundByItsHref() throws Exception {
        LandingPath run = run();
        Landings landings = context.landings();
        byte[] photo = {1, 2, 3, 0, -1};
        assertThat(landings.attachment(run, "/archive/v1/attachments/7")).isEmpty();

        AttachmentPointer landed = landAttachment(run, "/archive/v1/attachments/7", "image/jpeg", photo);

        assertThat(landed.path()).isEqualTo(run.folder() + "/attachments/" + Sha256.of(photo));
        assertThat(stored(landed.path())).isEqualTo(photo);
        assertThat(landings.attachment(run, "/archive/v1/attachments/7")).contains(landed);
        try (InputStream bytes = landings.open(landed)) {
            assertThat(bytes.readAllBytes()).isEqualTo(photo);
        }
    }

    @Test
    void anAttachmentThatIsGoneStaysSoUntilItsBytesLand() throws Exception {
        LandingPath run = run();
        Landings landings = context.landings();
        AttachmentPointer gone = AttachmentPointer.gone("/a");
        landings.land(landings.stage(run, gone));
        assertThat(landings.attachment(run, "/a")).contains(gone);

        AttachmentPointer landed = landAttachment(run, "/a", "", new byte[0]);
        assertThat(landings.attachment(run, "/a")).contains(landed);
    }

    @Test
    void anAttachmentThatWasTooLargeStaysSoUntilItsBytesLand() throws Exception {
        LandingPath run = run();
        Landings landings = context.landings();
        AttachmentPointer oversize = AttachmentPointer.oversize("/a", 10);
        landings.land(landings.stage(run, oversize));
        assertThat(oversize.state()).isEqualTo(AttachmentPointer.State.OVERSIZE);
        assertThat(landings.attachment(run, "/a")).contains(oversize);

        AttachmentPointer landed = landAttachment(run, "/a", "", new byte[11]);
        assertThat(landings.attachment(run, "/a")).contains(landed);
    }

    @Test
    void listingGivesThePagesBelowAFolderAndNothingElse() throws Exception {
        LandingPath run = run();
        LandingPath other = run();
        IntStream.rangeClosed(1, 12).forEach(page -> landed(run.page(page)));
        land(run.page(3), "other bytes");
        land(other.page(1), "another run");
        landAttachment(run, "/a", "", new byte[] {1});
        context.landings().land(run, manifest(run, List.of()));

        assertThat(pages(run)).hasSize(13).contains(run.page(1), run.folder() + "/3-2.json.gz");
        try (Stream<LandedPage> all = context.landings().pages("")) {
            assertThat(all)
                    .contains(
                            new LandedPage(run, 3, 2, run.folder() + "/3-2.json.gz"),
                            new LandedPage(other, 1, 1, other.page(1)));
        }
        try (Stream<LandedPage> none = context.landings().pages("nothing-here")) {
            assertThat(none).isEmpty();
        }
    }

    @Test
    void aPageThatNobodyRecordedIsInspected() throws Exception {
        Landed landed = land(run().page(1), "adopt me");

        Landings.Inspected<String> inspected =
                context.landings().inspect(landed.path(), plain -> new String(plain.readNBytes(5), UTF_8));

        assertThat(inspected).isEqualTo(new Landings.Inspected<>(landed, "adopt"));
    }

    @Test
    void aPageThatIsNotWholeIsNotTakenForOne() throws Exception {
        Landed landed = land(run().page(1), "what was said at length");
        byte[] bytes = stored(landed.path());
        overwrite(landed.path(), Arrays.copyOf(bytes, bytes.length - 9));

        assertThatThrownBy(() -> context.landings().inspect(landed.path(), plain -> ""))
                .isInstanceOf(LandingCorruptException.class)
                .hasMessageContaining(landed.path());
    }

    @Test
    void aPageWhoseWriterDiedBeforeItWasRecordedIsAcceptedAgainAndOtherBytesStandBesideIt() throws Exception {
        LandingPath run = run();
        Landed unrecorded = land(run.page(1), "before the crash");

        assertThat(land(run.page(1), "before the crash")).isEqualTo(unrecorded);
        Landed other = land(run.page(1), "after the crash");

        assertThat(read(unrecorded)).isEqualTo("before the crash");
        assertThat(context.landedRuns().pages(run))
                .containsExactly(new LandedPage(run, 1, 1, unrecorded.path()), new LandedPage(run, 1, 2, other.path()));
    }

    @Test
    void runsAreFoundDayByDayWithoutWhatIsForeign() throws Exception {
        LandedRuns runs = context.landedRuns();
        LandingPath old = new LandingPath("signal", LocalDate.of(2024, 12, 31), "old");
        LandingPath first = new LandingPath("signal", LocalDate.of(2025, 1, 2), "first");
        LandingPath second = new LandingPath("signal", LocalDate.of(2025, 1, 2), "second");
        for (LandingPath run : List.of(second, old, first)) {
            land(run.page(2), "two");
            land(run.page(1), "one");
            landAttachment(run, "/a", "", new byte[] {1});
        }
        land("signal/2025/13/01/run/1.json.gz", "no month");
        land("signal/2025/notes/01/run/1.json.gz", "no day");
        land("Notes/2025/01/02/run/1.json.gz", "no connector");

        assertThat(runs.connectors()).contains("signal").doesNotContain("Notes");
        assertThat(runs.days("signal", LandedRuns.EARLIEST)).containsExactly(first.day(), old.day());
        assertThat(runs.days("signal", LocalDate.of(2025, 1, 1))).containsExactly(first.day());
        assertThat(runs.days("signal", LocalDate.of(2025, 1, 3))).isEmpty();
        assertThat(runs.days("nobody", LandedRuns.EARLIEST)).isEmpty();
        assertThat(runs.runs("signal", first.day())).containsExactly(first, second);
        assertThat(runs.pages(first)).extracting(LandedPage::path).containsExactly(first.page(1), first.page(2));
    }

    @Test
    void theLastManifestOfARunCounts() throws Exception {
        LandingPath run = run();
        assertThat(context.landings().manifest(run)).isEmpty();
        Landed page = land(run.page(1), "page");
        context.landings().land(run, manifest(run, List.of()));
        Manifest last = manifest(run, List.of(new Manifest.Page(page.path(), page.sha256(), page.size(), 1)));
        context.landings().land(run, last);

        assertThat(context.landings().manifest(run)).contains(last);
    }

    @Test
    void aManifestIsNeverOverwritten() throws Exception {
        LandingPath run = run();
        Landed page = land(run.page(1), "page");
        Manifest.Page entry = new Manifest.Page(page.path(), page.sha256(), page.size(), 1);

        Landed first = context.landings().land(run, manifest(run, List.of(entry)));
        Landed second = context.landings().land(run, manifest(run, List.of()));

        assertThat(first.path()).isEqualTo(run.folder() + "/manifest.json");
        assertThat(second.path()).isEqualTo(run.folder() + "/manifest-2.json");
        assertThat(new String(stored(first.path()), UTF_8))
                .contains(page.path(), page.sha256(), "2026-11-21T23:59:59Z", "\"messages\" : 1");
    }

    @Test
    void aPathThatLeadsOutOfTheZoneIsRefused() {
        for (String path : List.of("../1.json.gz", "wechat/../../x", "/etc/passwd", "a//b", "a\\b", "${x}", "")) {
            assertThatThrownBy(() -> context.landings().open(path, "0".repeat(64)))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPageOf300MegabytesPassesThroughAHeapOf96() throws Exception {
        Path output = LargePage.inItsOwnJvm("-Xmx96m", data, LARGE, connection());

        assertThat(output).content().contains("landed and read " + LARGE + " of " + LARGE + " bytes");
    }
}
