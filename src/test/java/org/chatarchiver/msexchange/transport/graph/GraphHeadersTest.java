package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.servers.GraphFault;
import org.junit.jupiter.api.Test;

/** Each request has an id of its own, and asks for ids of items that stay; the stub keeps what has not as a breach. */
class GraphHeadersTest extends GraphTest {
    @Test
    void requestsAloneInBatchesAndToUploadSessionsHaveIdsOfTheirOwn() {
        transport.exists(ANN);
        append(MailboxTransportContract.emails("m", 45));
        append(GraphLargeItemsTest.withFiles("large", new byte[8_000_000]));
        find(List.of("<m1@test.invalid>", "<m2@test.invalid>"));

        assertThat(stub.log()).contains("POST $batch", "PUT session");
        assertThat(stub.breaches()).isEmpty();
    }

    @Test
    void aRequestThatIsSentAgainHasAnotherId() {
        fault(GraphFault.at("PUT session").resets());
        fault(GraphFault.at(CREATE).after(2).answers(503, "ErrorServerBusy"));

        append(GraphLargeItemsTest.withFiles("large", new byte[8_000_000]));
        append(MailboxTransportContract.emails("m", 5));
        append(MailboxTransportContract.emails("m", 5));

        assertThat(stub.breaches()).isEmpty();
    }
}
