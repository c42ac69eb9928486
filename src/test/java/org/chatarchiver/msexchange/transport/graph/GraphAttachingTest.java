package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.chatarchiver.servers.GraphMailbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An attachment goes the way that is meant for its own size, and the other one where its limits turn out to be others. */
class GraphAttachingTest extends GraphTest {
    private static final int LIMIT = 3 * 1024 * 1024;

    /** By how much a file lies below the limit with which its request has just 4 MB, some less and some more. */
    private static final int MOST_BELOW = 105;

    private static final int LEAST_BELOW = 75;

    private static final String POST = "POST users/?/messages/?/attachments";
    private static final String SESSION = POST + "/createUploadSession";

    @BeforeEach
    void withoutTheOriginal() {
        options.attachOriginal = false;
        restart();
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Behind another, which is created with the item. */
    private static Email email(byte[] file) {
        return GraphLargeItemsTest.withFiles("x", bytes(2_000_000), file);
    }

    private void assertArrives(int size) {
        byte[] file = bytes(size);

        assertThat(append(email(file))).isInstanceOf(Outcome.Delivered.class);

        assertThat(mailbox.in(FOLDER)).singleElement().satisfies(item -> assertThat(item.attachments())
                .hasSize(2)
                .last()
                .extracting(GraphMailbox.File::content)
                .isEqualTo(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_500_000, 2_999_999, 3_000_000, LIMIT - 2_000, LIMIT - 1_200, LIMIT - 400, LIMIT - 250})
    void belowThreeMegabytesOneRequestIsEnough(int size) {
        assertArrives(size);

        assertThat(stub.log()).contains(POST).doesNotContain(SESSION);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, LIMIT + 1, 9_000_000})
    void fromThreeMegabytesOnItIsUploaded(int size) {
        assertArrives(size);

        assertThat(stub.log()).contains(SESSION).doesNotContain(POST);
    }

    /** 3,145,611 bytes by one request and 2 MiB by a session are what Graph has been measured to take. */
    @Test
    void everySizeAroundTheLimitArrivesByTheFirstWayThatIsTried() {
        stub.sizes(2 * 1024 * 1024, LIMIT);
        List<String> ways = new ArrayList<>();
        for (int size : sizes()) {
            stub.clearLog();

            assertThat(append(alone(size))).as("%d bytes", size).isInstanceOf(Outcome.Delivered.class);

            assertThat(stub.log().stream().filter(said -> said.equals(POST) || said.equals(SESSION)))
                    .as("%d bytes", size)
                    .singleElement()
                    .satisfies(ways::add);
            assertThat(mailbox.in(FOLDER).get(0).attachments().get(0).content()).hasSize(size);
            mailbox.deleteFolder(FOLDER);
        }
        assertThat(ways).startsWith(POST).endsWith(SESSION);
        assertThat(ways.indexOf(SESSION)).as("where the way changes").isBetween(1, MOST_BELOW - LEAST_BELOW);
    }

    @Test
    void whereSessionsBeginAtTheLimitEverySizeArrivesOrIsTooLargeAtOnceAndNothingIsLeftOfIt() {
        int tooLarge = 0;
        for (int size : sizes()) {
            stub.clearLog();
            Outcome outcome = append(alone(size));

            if (outcome instanceof Outcome.Rejected rejected) {
                tooLarge++;
                assertThat(rejected.fault()).isEqualTo(Fault.EMAIL_TOO_LARGE);
                assertThat(filed()).isEmpty();
                assertThat(stub.log()).contains(SESSION).hasSizeLessThan(10);
            } else {
                assertThat(outcome).as("%d bytes", size).isInstanceOf(Outcome.Delivered.class);
                assertThat(mailbox.in(FOLDER).get(0).attachments().get(0).content())
                        .hasSize(size);
                mailbox.deleteFolder(FOLDER);
            }
        }
        assertThat(tooLarge).as("what no request and no session takes").isPositive();
    }

    private static int[] sizes() {
        return IntStream.concat(
                        IntStream.rangeClosed(LIMIT - MOST_BELOW, LIMIT - LEAST_BELOW),
                        IntStream.rangeClosed(LIMIT - 2, LIMIT + 2))
                .toArray();
    }

    private Email alone(int size) {
        return GraphLargeItemsTest.withFiles("size-" + size, bytes(size));
    }

    @ParameterizedTest
    @CsvSource({
        "413, ErrorAttachmentSizeLimitExceeded",
        "400, ErrorAttachmentSizeLimitExceeded",
        "413, RequestEntityTooLarge",
        "400, MaximumAttachmentSizeExceeded"
    })
    void whereOneRequestIsSaidToBeTooSmallASessionIsTried(int status, String code) {
        stub.sizes(1, LIMIT);
        fault(GraphFault.at(POST).answers(status, code));

        assertArrives(2_500_000);

        assertThat(stub.log()).contains(POST, SESSION);
    }

    @Test
    void whereTheServerSpeaksOfTheRequestsLengthASessionIsTried() {
        stub.sizes(1, LIMIT);
        fault(GraphFault.at(POST).answers(400, "BadRequest", "The maximum request length supported is 4MB."));

        assertArrives(2_500_000);
    }

    @Test
    void whatIsTooSmallForASessionAfterAllIsAddedByOneRequest() {
        stub.sizes(5_000_000, 5_000_000);

        assertArrives(LIMIT);

        assertThat(stub.log()).contains(SESSION, POST);
    }

    @Test
    void whatNeitherWayTakesIsTooLargeAndLeavesNothingBehind() {
        stub.sizes(5_000_000, 4_000_000);

        assertThat(rejected(append(email(bytes(4_000_000))))).satisfies(refusal -> {
            assertThat(refusal.fault()).isEqualTo(Fault.EMAIL_TOO_LARGE);
            assertThat(refusal.detail()).contains("4000000", "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize");
        });
        assertThat(filed()).isEmpty();
    }

    @Test
    void anItemThatIsTooLargeAsAWholeIsNotTriedTheOtherWay() {
        fault(GraphFault.at(POST).answers(413, "ErrorMessageSizeExceeded"));

        assertThat(rejected(append(email(bytes(2_500_000)))).fault()).isEqualTo(Fault.EMAIL_TOO_LARGE);

        assertThat(stub.log()).doesNotContain(SESSION);
        assertThat(filed()).isEmpty();
    }
}
