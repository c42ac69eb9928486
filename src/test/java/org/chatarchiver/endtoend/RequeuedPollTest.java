package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.collect.AskingAgain;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;

/** A requeue of a failed poll that has to wait, since another run polls, waits in the ledger. */
class RequeuedPollTest extends CollectionBed {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void aRequeueThatWaitsForAnotherRunOutlivesARestartOfTheArchiver() throws Exception {
        weekOfMessages();
        day.feed.fail(1, 401, null);
        Run failed = backfill(Duration.ofDays(2)).get(0);
        day.feed.fail(1, 503, "3000");
        Instant before = start.minus(Duration.ofDays(3));
        String polling = archiver.start("wechat", false, before, before.plus(HOUR));
        SmallDay.await().atMost(SOON).until(() -> archiver.report(polling).run().waiting() != null);
        assertThat(new ApiClient(archiver)
                        .post("/api/channels/source/requeue", "application/json", "{}")
                        .body())
                .contains("\"requeued\":1");
        assertThat(runs()).as("the other run polls").hasSize(2);

        archiver.close();
        archiver = settings().start();

        // Nobody asks: the run that was broken off is taken up, and what waited for it is asked for then.
        SmallDay.await().atMost(SOON).until(() -> entries(failed).isEmpty() && runs().size() == 4);
        ended();
        assertThat(runs()).filteredOn(run -> run.state() == Run.State.COMPLETE).hasSize(3);
        assertThat(archiver.report(polling).run().state()).isEqualTo(Run.State.COMPLETE);
        SmallDay.await().atMost(SOON).until(() -> delivered() == 2);
        assertThat(archiver.bean(Channels.class).list(Channel.SOURCE, 10, 0)).isEmpty();
        archiver.bean(AskingAgain.class).ask();
        assertThat(runs()).as("once").hasSize(4);
    }

    @Test
    void aRequeueThatIsStillToBeAskedForWhenTheArchiverStopsIsAskedForByTheNext() throws Exception {
        weekOfMessages();
        day.feed.fail(1, 401, null);
        Run failed = backfill(Duration.ofDays(1)).get(0);
        assertThat(archiver.bean(Channels.class).requeue(Channel.SOURCE, List.of(), "ada"))
                .isEqualTo(1);
        archiver.close();

        archiver = settings().start();

        SmallDay.await().atMost(SOON).until(() -> entries(failed).isEmpty() && delivered() == 1);
    }
}
