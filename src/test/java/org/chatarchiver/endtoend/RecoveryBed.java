package org.chatarchiver.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.security.StartRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A day of which the ledger is older than the landing zone. */
abstract class RecoveryBed {
    private static final String FOLDER = "WeChat Archiver";

    @TempDir
    Path folder;

    SmallDay day;
    private LandingZone zone;

    abstract LandingZone zone() throws IOException;

    @BeforeEach
    void start() throws IOException {
        day = new SmallDay(folder);
        zone = zone();
    }

    @AfterEach
    void stop() throws IOException {
        zone.close();
        day.close();
    }

    RunningArchiver.Settings settings() {
        return zone.apply(day.settings()).set("archiver.sweep", 300);
    }

    Path ledger() {
        return day.home.data().resolve("ledger");
    }

    static String since(StartRefusedException refused) {
        return refused.cure().replaceFirst("(?s).*archiver.recover-since=(\\S+).*", "$1");
    }

    int delivered() {
        return day.mail.count(SmallDay.MAILBOX, FOLDER);
    }

    static RunReport ended(RunningArchiver archiver, String run) {
        SmallDay.await().atMost(Duration.ofSeconds(40)).until(() -> archiver.bean(Runs.class)
                .find(run)
                .filter(found -> found.state() != Run.State.RUNNING)
                .isPresent());
        return archiver.report(run);
    }
}
