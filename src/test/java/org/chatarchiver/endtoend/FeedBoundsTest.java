package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.GeneratedContent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer of the feed that never ends, in size or in time, ends nevertheless. */
class FeedBoundsTest {
    private static final String HREF = FeedSimulator.ATTACHMENTS + "film";

    @TempDir
    static Path folder;

    private static EmbeddedMailServer mail;
    private static TestBed bed;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(folder, settings -> TestBed.with(mail)
                .apply(settings)
                .set("archiver.telemessage.max-download", "10KB")
                .set("archiver.telemessage.body-timeout", "1s")
                .set("archiver.telemessage.retry.retries", 1));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @Test
    void anAttachmentOverTheLimitOfDownloadsIsFetchedOnceAndItsItemWaitsInTheChannel() {
        TestBed.Window window = bed.window();
        bed.feed().attachment("film", new GeneratedContent(100_000, 1)::writeTo);
        for (String id : List.of("film-1", "film-2")) {
            ObjectNode message = TestBed.text(id, "A film");
            message.putArray("attachment").addObject().put("name", "film.mp4").put("href", HREF);
            bed.add(window, message);
        }
        bed.add(window, TestBed.text("beside", "No film"));

        RunReport report = bed.run(window);

        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).isEqualTo(1);
        assertThat(bed.entries(Channel.UNDELIVERABLE, report)).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.reason()).isEqualTo(Reason.DOWNLOAD_TOO_LARGE);
            assertThat(entry.detail()).contains("10240").contains("archiver.telemessage.max-download");
        });
        assertThat(bed.feed().requests())
                .filteredOn(request -> request.path().equals(HREF))
                .hasSize(1);
    }

    @Test
    void aPageThatDripsEndsTheRunInTime() {
        TestBed.Window window = bed.window();
        bed.add(window, TestBed.text("slow", "Slow"));
        bed.feed().fault(2, new Fault.Drip(Duration.ofMillis(200)));
        Instant start = Instant.now();

        RunReport report = bed.run(window);

        assertThat(report.run().state()).isEqualTo(Run.State.FAILED);
        assertThat(bed.entries(Channel.SOURCE, report)).singleElement().satisfies(FeedBoundsTest::isTooSlow);
        assertThat(Duration.between(start, Instant.now()))
                .as("what is left of the answers is not waited for: each drips for more than 30 s")
                .isLessThan(Duration.ofSeconds(20));
    }

    private static void isTooSlow(Channels.Entry entry) {
        assertThat(entry.reason()).isEqualTo(Reason.SOURCE_TOO_SLOW);
        assertThat(entry.detail()).contains("longer than 1 s").contains("archiver.telemessage.body-timeout");
    }
}
