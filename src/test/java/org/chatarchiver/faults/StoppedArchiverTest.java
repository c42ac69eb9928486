package org.chatarchiver.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.chatarchiver.sandbox.GeneratedContent;
import org.chatarchiver.sandbox.LargeMessage;
import org.chatarchiver.sandbox.MessageWriter;
import org.chatarchiver.servers.AppendFaults;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An archiver is stopped by SIGSTOP while it sends, for longer than its lease on the page lasts; another one sends what is in it, and then
 * the first goes on.
 */
@RequiresProgram({"dovecot", "python3", "azurite-blob"})
class StoppedArchiverTest {
    private static final String ANN = "ann@example.com";
    private static final String ANNS = "+447700900123";
    private static final String LOST = "is in another archiver's work";
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int MESSAGES = 3;

    /** More than what a connection on this machine holds between writer and reader. */
    private static final int LARGE = 9_000_000;

    @TempDir
    Path folder;

    @Test
    void stoppedInTheMiddleOfALiteralItDoesNotFinishItOnceAnotherHasSentIt() throws Exception {
        try (ClusterBed bed = bed(Dovecot.with(List.of(ANN)))) {
            IntStream.range(0, MESSAGES).forEach(i -> bed.add(large(i)));
            ClusterBed.Node stopped = bed.start("stopped", shortLease());
            stopped.proxy().appends().once(AppendFaults.Once.HELD_IN_A_LITERAL);
            bed.run(stopped);
            await("a literal under way").atMost(SOON).until(stopped.proxy().appends()::isHeld);
            stopped.archiver().stop();

            anotherSendsEverything(bed);
            stopped.archiver().goOn();
            stopped.proxy().appends().finish();

            await("the command is left before its end")
                    .atMost(SOON)
                    .until(stopped.proxy().appends()::isBrokenOff);
            nothingIsThereTwice(bed, stopped);
        }
    }

    @Test
    void stoppedBeforeTheByteThatCommitsADoesNotSendItOnceAnotherHas() throws Exception {
        stoppedAtTheFence(Dovecot.with(List.of(ANN)));
    }

    @Test
    void soItIsWithPipelinedAppends() throws Exception {
        stoppedAtTheFence(Dovecot.with(List.of(ANN)).withoutMultiAppend());
    }

    private void stoppedAtTheFence(Dovecot.Options mailboxes) throws Exception {
        try (ClusterBed bed = bed(mailboxes)) {
            IntStream.range(0, MESSAGES)
                    .forEach(i -> bed.add(MessageWriter.of(ClusterBed.text(id(i), ANNS, "Text " + i))));
            ClusterBed.Node stopped = bed.start("stopped", Set.of(CrashPoint.AT_THE_FENCE), shortLease());
            bed.run(stopped);
            await("it has stopped itself").atMost(SOON).until(stopped.archiver()::isStopped);

            anotherSendsEverything(bed);
            stopped.archiver().goOn();

            nothingIsThereTwice(bed, stopped);
        }
    }

    private ClusterBed bed(Dovecot.Options mailboxes) throws IOException {
        return new ClusterBed(folder, mailboxes, ANNS + "," + ANN + "\n", 3);
    }

    private static Map<String, Object> shortLease() {
        return Map.of("archiver.lease.duration", "6s");
    }

    private static void anotherSendsEverything(ClusterBed bed) throws IOException {
        ClusterBed.Node other = bed.start("other", shortLease());
        JsonNode report = bed.ended(other, Duration.ofMinutes(2));
        assertThat(report.path("state").asText()).isEqualTo("COMPLETE");
        assertThat(report.path("imported").asInt()).isEqualTo(MESSAGES);
    }

    private static void nothingIsThereTwice(ClusterBed bed, ClusterBed.Node stopped) throws Exception {
        await("the stopped one has gone on, and left the page").atMost(SOON).until(() -> stopped.archiver()
                .hasSaid(LOST));
        assertThat(new Mailboxes(bed.mail(), ClusterBed.FOLDER, List.of(ANN))
                        .read()
                        .get(ANN))
                .extracting(Mailboxes.Email::sourceId)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, MESSAGES)
                        .mapToObj(StoppedArchiverTest::id)
                        .toList());
        JsonNode report = bed.report(stopped);
        assertThat(report.path("state").asText()).isEqualTo("COMPLETE");
        assertThat(report.path("imported").asInt()).isEqualTo(MESSAGES);
        assertThat(report.path("pending").asInt()).isZero();
    }

    private static MessageWriter large(int number) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        rest.put("messageId", id(number))
                .put("messageContext", "app-message")
                .put("messageTime", "2025-03-04T09:00:00Z")
                .put("direction", "Out")
                .put("msisdn", ANNS)
                .put("from", ANNS);
        rest.putArray("to").add("wxid_outside");
        return LargeMessage.withAttachment(
                rest, "large.bin", "application/octet-stream", new GeneratedContent(LARGE, number));
    }

    private static String id(int number) {
        return "message-" + number;
    }
}
