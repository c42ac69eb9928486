package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.servers.Artemis;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same with their page queue on a broker: what it had given to the one that is killed it gives out again. */
@RequiresProgram({"dovecot", "python3", "azurite-blob"})
class TwoArchiversOnBrokerTest extends TwoArchiversTest {
    private Artemis broker;

    @BeforeEach
    void startBroker() throws IOException {
        broker = Artemis.in(Files.createDirectories(folder.resolve("broker"))).start();
        queue.clear();
        queue.putAll(broker.settings());
        queue.put("archiver.queued-for", "1h");
    }

    @Override
    void prepare(ArchiverHome home) throws IOException {
        broker.secret(home.data());
    }

    @AfterEach
    void nothingIsLeftAtTheBroker() throws Exception {
        try {
            assertThat(broker.depth(Artemis.QUEUE)).isZero();
            assertThat(broker.depth(Artemis.DEAD)).isZero();
        } finally {
            broker.close();
        }
    }
}
