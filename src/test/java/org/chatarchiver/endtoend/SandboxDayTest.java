package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.sandbox.SampleTraffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDayTest {
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    @TempDir
    Path folder;

    @Test
    void everyMessageOfADayEndsWhereItBelongsAndASecondRunDeliversNothing() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SampleTraffic traffic = new SampleTraffic(7);
        List<Sample> samples = traffic.past(1_200, now.minusSeconds(10));
        ArchiverHome home = ArchiverHome.create(folder)
                .connector("wechat", NEVER, traffic.mapping("WECHAT"), "feed-secret")
                .connector("whatsapp", NEVER, traffic.mapping("WHATSAPP"), "feed-secret");
        try (FeedSimulator feed = new FeedSimulator();
                EmbeddedMailServer mail = new EmbeddedMailServer(0, folder.resolve("mail"))) {
            feed.account(new FeedAccount("ops", "feed-secret", Set.of("WECHAT", "WHATSAPP")));
            samples.forEach(sample -> sample.sendTo(feed));
            mail.create(traffic.mailboxes());
            try (RunningArchiver archiver = new RunningArchiver.Settings(home, feed)
                    .oauth(mail)
                    .set("archiver.exchange.probe-mailbox", traffic.mailboxes().get(0))
                    .start()) {
                for (String network : SampleTraffic.NETWORKS) {
                    String connector = network.toLowerCase(Locale.ROOT);
                    RunReport first = run(archiver, connector, now);
                    List<Sample> own = samples.stream()
                            .filter(s -> s.network().equals(network) && !s.again())
                            .toList();
                    assertThat(first.run().state()).isEqualTo(Run.State.COMPLETE);
                    assertThat(first.availableForImport())
                            .isEqualTo(own.stream()
                                    .mapToLong(s -> s.expectation().availableForImport())
                                    .sum());
                    assertThat(first.imported() + first.partiallyImported())
                            .isEqualTo(own.stream()
                                    .mapToLong(s -> s.expectation().delivered())
                                    .sum());
                    own.stream()
                            .filter(s -> s.expectation().isPartial())
                            .collect(Collectors.groupingBy(
                                    s -> s.expectation().reason(),
                                    Collectors.summingLong(s -> s.expectation().delivered())))
                            .forEach((reason, number) ->
                                    assertThat(first.partiallyByReason()).containsEntry(reason, number));
                    assertThat(first.partiallyByReason()).containsKey(Reason.ATTACHMENT_DIFFERS);
                    RunReport second = run(archiver, connector, now);
                    assertThat(second.imported() + second.partiallyImported()).isZero();
                    assertThat(second.skipped()).isEqualTo(first.imported() + first.partiallyImported());
                    assertThat(second.failedByReason()).isEqualTo(first.failedByReason());
                }
            }
        }
    }

    private static RunReport run(RunningArchiver archiver, String connector, Instant now) {
        String run = archiver.start(connector, false, now.minus(Duration.ofHours(24)), now);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> archiver.report(run).run().state() != Run.State.RUNNING);
        return archiver.report(run);
    }
}
