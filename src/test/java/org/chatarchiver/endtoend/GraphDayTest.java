package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.chatarchiver.sandbox.Sample;
import org.chatarchiver.sandbox.SampleTraffic;
import org.chatarchiver.servers.GraphFault;
import org.chatarchiver.servers.GraphMailbox;
import org.chatarchiver.servers.GraphStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day into mailboxes behind Microsoft Graph. */
class GraphDayTest {
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final String CREATE = "POST users/?/mailFolders/?/messages";
    private static final String FOLDER = "WeChat Archiver";

    @TempDir
    Path folder;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final SampleTraffic traffic = new SampleTraffic(11);

    @Test
    void everyMessageIsAnItemWithItsPropertiesAndASecondRunDeliversNothing() throws Exception {
        archive(
                400,
                graph -> graph.fault(
                        GraphFault.at("POST users/?/mailFolders").carriedOut().answers(409, "ErrorFolderExists")));
    }

    @Test
    void nothingIsLostOrDoubledWhereAnswersGetLostAndRequestsAreThrottled() throws Exception {
        archive(200, graph -> {
            graph.fault(GraphFault.at("POST $batch").after(1).cutsTheAnswer());
            graph.fault(GraphFault.at("POST $batch").after(2).carriedOut().answersNothing(504));
            graph.fault(GraphFault.at("POST $batch").after(3).carriedOut().resets());
            graph.fault(GraphFault.at("POST $batch").after(4).resets());
            graph.fault(GraphFault.at(CREATE)
                    .after(30)
                    .answers(429, "ApplicationThrottled")
                    .retryAfter("1"));
            graph.fault(GraphFault.at(CREATE).after(60).carriedOut().answers(500, "ErrorInternalServerError"));
        });
    }

    /** What the day comes to, whatever goes wrong on its way. */
    private void archive(int messages, Consumer<GraphStub> trouble) throws Exception {
        List<Sample> samples = traffic.past(messages, now.minusSeconds(10)).stream()
                .filter(sample -> sample.network().equals("WECHAT"))
                .toList();
        long expected = samples.stream()
                .filter(sample -> !sample.again())
                .mapToLong(sample -> sample.expectation().delivered())
                .sum();
        ArchiverHome home = ArchiverHome.create(folder.resolve("home"))
                .connector("wechat", NEVER, traffic.mapping("WECHAT"), "feed-secret");
        try (FeedSimulator feed = new FeedSimulator();
                GraphStub graph = GraphStub.start()) {
            feed.account(new FeedAccount("ops", "feed-secret", Set.of("WECHAT")));
            samples.forEach(sample -> sample.sendTo(feed));
            traffic.mailboxes().forEach(graph::mailbox);
            trouble.accept(graph);
            try (RunningArchiver archiver = new RunningArchiver.Settings(home, feed)
                    .graph(graph.baseUrl(), "token")
                    .set("archiver.exchange.probe-mailbox", traffic.mailboxes().get(0))
                    .start()) {
                RunReport first = run(archiver);
                assertThat(first.run().state()).isEqualTo(Run.State.COMPLETE);
                assertThat(first.imported() + first.partiallyImported())
                        .isEqualTo(expected)
                        .isPositive();
                assertThat(first.availableForImport())
                        .isEqualTo(first.imported() + first.partiallyImported() + first.skipped() + first.failed());
                assertThat(items(graph)).isEqualTo(expected);

                RunReport second = run(archiver);
                assertThat(second.imported() + second.partiallyImported()).isZero();
                assertThat(items(graph)).isEqualTo(expected);
                assertThat(Verified.of(archiver, first.run().id()).get("counts"))
                        .isEmpty();
                String owner = traffic.mailboxes().stream()
                        .filter(address -> !graph.mailbox(address).in(FOLDER).isEmpty())
                        .findFirst()
                        .orElseThrow();
                graph.mailbox(owner).copyFirst(FOLDER, null);
                graph.mailbox(owner)
                        .copyFirst(FOLDER, "<00112233445566778899aabbccddeeff00112233@chat-archiver.invalid>");
                assertThat(Verified.of(archiver, first.run().id()).get("counts"))
                        .isEqualTo(Verified.counts("{\"DOUBLED\":1,\"UNKNOWN_ITEM\":1}"));
                assertThat(graph.breaches()).isEmpty();
            }
        }
    }

    /** How many there are, each of them looked at. */
    private long items(GraphStub graph) {
        long count = 0;
        for (String address : traffic.mailboxes()) {
            List<GraphMailbox.Item> items = graph.mailbox(address).in(FOLDER);
            assertThat(items).extracting(GraphMailbox.Item::messageId).doesNotHaveDuplicates();
            assertThat(items).allSatisfy(item -> {
                assertThat(item.draft()).isFalse();
                assertThat(item.read()).isTrue();
                assertThat(item.receivedAt()).isBetween(now.minus(Duration.ofDays(2)), now);
                assertThat(item.property("String 0x001A")).isEqualTo("IPM.Note.Custom.WeChatArchiver");
                assertThat(item.property("String 0x007D")).contains("X-Archive-Network: WECHAT");
                assertThat(new String(item.original(), StandardCharsets.UTF_8)).contains(item.messageId());
            });
            count += items.size();
        }
        return count;
    }

    private RunReport run(RunningArchiver archiver) {
        String run = archiver.start("wechat", false, now.minus(Duration.ofHours(24)), now);
        SmallDay.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> archiver.report(run).run().state() != Run.State.RUNNING);
        return archiver.report(run);
    }
}
