package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
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

    @Test
    void whatIsTooLargeForOneRequestAfterAllIsUploaded() {
        stub.sizes(2 * 1024 * 1024, LIMIT);

        assertArrives(LIMIT - 1);

        assertThat(stub.log()).contains(SESSION);
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
