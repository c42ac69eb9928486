package org.chatarchiver.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.mapping.Mappings;
import org.chatarchiver.msexchange.transport.Fence;
import org.chatarchiver.telemessage.Chunk;
import org.chatarchiver.telemessage.CloseableIterator;
import org.chatarchiver.telemessage.FeedAddress;
import org.chatarchiver.telemessage.PageReader;
import org.chatarchiver.telemessage.Spools;

/** Runs of one page each in a real ledger, and chunks of what a test spells out. */
final class PageWorkFixture {
    static final Connector WECHAT = LedgerOnH2.connector("wechat");

    private final LedgerOnH2 ledger;

    PageWorkFixture(LedgerOnH2 ledger) {
        this.ledger = ledger;
    }

    /** The page of a run that has landed all that it will. */
    PageWork page() {
        return page(false);
    }

    PageWork page(boolean dry) {
        Instant now = ledger.clock().instant();
        Run run = ledger.bean(Runs.class)
                .open("wechat", Run.Cause.MANUAL, dry, now.minus(Duration.ofDays(1)), now)
                .orElseThrow();
        Page page = new Page(run.id(), 1, "wechat/2026/11/19/" + run.id() + "/1.json.gz", "a".repeat(64), 10, 1, now);
        ledger.bean(Pages.class).landed(page);
        ledger.bean(Runs.class).landed(run.id(), null);
        return new PageWork(page, run, WECHAT, new Mappings.Current.None(), WECHAT.folder(), false, false, Fence.OPEN);
    }

    /** The same page, taken up again for what waits in it. */
    static PageWork again(PageWork work) {
        return new PageWork(
                work.page(), work.run(), WECHAT, new Mappings.Current.None(), WECHAT.folder(), true, false, Fence.OPEN);
    }

    static PageWork doubtful(PageWork work) {
        return new PageWork(
                work.page(), work.run(), WECHAT, new Mappings.Current.None(), WECHAT.folder(), false, true, Fence.OPEN);
    }

    static PageReader reader(Path spools) {
        try {
            return new PageReader(
                    new PageReader.Settings(FeedAddress.of("https://feed.example.com"), 64, 4_096), Spools.in(spools));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WorkChunk chunk(PageWork work, Path spools, String... elements) throws IOException {
        String page = json(elements);
        try (CloseableIterator<Chunk> chunks = reader(spools)
                .chunks(
                        new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)),
                        work.page().landed(),
                        100,
                        Long.MAX_VALUE)) {
            return new WorkChunk(work, chunks.next());
        }
    }

    static String json(String... elements) {
        return "{\"messages\":[" + String.join(",", elements) + "],\"nextCursor\":null,\"totalCount\":"
                + elements.length + "}";
    }

    /** As the device of that number captured it: a text from one of the numbers 100 to 199 to one of 200 to 299. */
    static String element(String id, String owner, String text) {
        boolean sent = owner.startsWith("+4477009001");
        return String.format(Locale.ROOT, """
                {"messageId":"%s","messageTime":"2026-11-19T08:00:00Z","direction":"%s","msisdn":"%s","from":"+447700900123","to":["+447700900223"],"textContent":"%s"}""", id, sent ? "Out" : "In", owner, text);
    }
}
