package org.chatarchiver.recovery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.connector.LedgerOnH2;
import org.chatarchiver.landing.Judged;
import org.chatarchiver.landing.Landed;
import org.chatarchiver.landing.LandingContext;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.telemessage.PageScan;
import org.chatarchiver.telemessage.PageSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A landing directory behind the real route, and a ledger beside it. */
abstract class LandedRunFixture {
    static final String EMPTY_PAGE = """
            {"messages":[],"nextCursor":null,"totalCount":0}""";

    @TempDir
    Path folder;

    LandingContext landing;
    LedgerOnH2 ledger;

    @BeforeEach
    void open() throws Exception {
        landing = LandingContext.directory(folder);
        ledger = new LedgerOnH2();
    }

    @AfterEach
    void close() throws Exception {
        landing.close();
        ledger.close();
    }

    /** A run of the day before that the ledger knows. */
    Run known() {
        Instant now = ledger.clock().instant();
        return ledger.bean(Runs.class)
                .open("wechat", Run.Cause.SCHEDULE, false, now.minus(Duration.ofDays(1)), now)
                .orElseThrow();
    }

    static LandingPath folder(Run run) {
        return LandingPath.of(run.connector(), run.started(), run.id());
    }

    Landed land(LandingPath run, int page, String json) throws IOException {
        Judged<PageSummary> judged = landing.staging()
                .judge(run.page(page), new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), PageScan::scan);
        return landing.landings().land(((Judged.Whole<PageSummary>) judged).staged());
    }

    void record(Run run, int page, Landed landed) {
        ledger.bean(Pages.class)
                .landed(new Page(
                        run.id(),
                        page,
                        landed.path(),
                        landed.sha256(),
                        landed.size(),
                        0,
                        ledger.clock().instant()));
    }
}
