package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.servers.AuthorityStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a server whose certificate the JVM does not trust. */
class GraphTlsTest {
    private static final String ANN = "ann@example.com";

    @TempDir
    Path folder;

    @Test
    void aServerIsTrustedByTheTrustManagerThatIsGivenAndByNoOther() throws Exception {
        try (AuthorityStub server = AuthorityStub.start(folder)) {
            server.answer(200, "{\"id\":\"root\"}");
            GraphOptions options = new GraphOptions();
            options.baseUrl = URI.create(server.host() + "/v1.0");
            try (GraphTransport stranger = options.open()) {
                assertThat(stranger.exists(ANN)).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> {
                    assertThat(unknown.fault()).isEqualTo(Fault.UNREACHABLE);
                    assertThat(unknown.detail()).contains("SSLHandshakeException");
                });
            }
            options.trustManager = server.trustManager();
            try (GraphTransport friend = options.open()) {
                assertThat(friend.exists(ANN)).isEqualTo(new Existence.Present());
            }
        }
    }
}
