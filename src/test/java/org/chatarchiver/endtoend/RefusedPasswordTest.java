package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.alert.Alert;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.alert.Alerting;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A feed that refuses our password whatever is asked: who looks at what sees it, and it is over once the password is right. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedPasswordTest extends CollectionBed {
    private static final String WRONG = "feed-Wrong-0815";

    @Override
    RunningArchiver.Settings settings() {
        return super.settings()
                .set("archiver.alerts.to", "operator@example.com")
                .set("archiver.alerts.from", "archiver@example.com")
                .set("archiver.alerts.host", "127.0.0.1")
                // What is due is asked for by the test.
                .set("archiver.alerts.delay", "1h");
    }

    @Test
    void theRunFailsWithItsReasonNothingIsSkippedAndEverybodyIsTold(CapturedOutput log) throws Exception {
        now();
        Instant reached = watermark();
        day.message("WECHAT", "meanwhile", start.plus(HOUR));
        travel(Duration.ofHours(2));
        password(WRONG);
        int asked = pageRequests();

        List<Run> runs = now();

        assertThat(pageRequests()).as("a password is not tried again").isEqualTo(asked + 1);
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo(Run.State.FAILED);
            assertThat(run.reason()).isEqualTo(Reason.SOURCE_UNAUTHORIZED);
            assertThat(run.detail()).contains("401", "'ops'", file().toString());
            assertThat(entries(run)).containsExactly(Reason.SOURCE_UNAUTHORIZED);
        });
        assertThat(watermark()).as("the watermark stays").isEqualTo(reached);
        assertThat(archiver.bean(Alerting.class).due())
                .filteredOn(alert -> alert.cause() == AlertCause.RUN_FAILED)
                .extracting(Alert::text)
                .singleElement()
                .asString()
                .contains("run " + runs.get(0).id() + " of wechat", "SOURCE_UNAUTHORIZED")
                .doesNotContain(WRONG);
        assertThat(health())
                .contains("\"status\":\"DEGRADED\"", "The feed refuses user name 'ops' with the password in " + file());
        assertThat(unusable()).isEqualTo(1);
        SmallDay.await().until(() -> ChannelRoutes.untold(archiver) == 0);
        assertThat(log.getAll()).contains("SOURCE_UNAUTHORIZED in run").doesNotContain(WRONG, SmallDay.PASSWORD);
    }

    @Test
    void onceThePasswordIsRightTheNextRunBringsWhatIsMissing() throws Exception {
        now();
        day.message("WECHAT", "meanwhile", start.plus(HOUR));
        travel(Duration.ofHours(2));
        password(WRONG);
        now();
        assertThat(unusable()).isEqualTo(1);

        password(SmallDay.PASSWORD);

        assertThat(unusable()).as("this one was not refused").isZero();
        assertThat(now()).extracting(Run::state).containsOnly(Run.State.COMPLETE);
        SmallDay.await().until(() -> delivered() == 1);
        assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0)).isEmpty();
        assertThat(health()).doesNotContain("refuses user name");
    }

    @Test
    void aPasswordThatIsRightAgainIsSeenByTheNextAnswer() throws Exception {
        day.feed.fail(1, 401, null);
        now();
        assertThat(unusable()).as("the feed's own mistake").isEqualTo(1);
        now();
        assertThat(unusable()).isZero();
    }

    private Path file() {
        return day.home.data().resolve("secrets/wechat/password");
    }

    private void password(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private double unusable() {
        return archiver.bean(MeterRegistry.class)
                .get("archiver.secret.unusable")
                .tag("connector", "wechat")
                .gauge()
                .value();
    }

    private String health() throws IOException, InterruptedException {
        return new ApiClient(archiver).get("/actuator/health").body();
    }
}
