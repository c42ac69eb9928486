package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that answers so slowly that no single wait is too long, and all of them together are. */
class ImapDeadlineTest {
    private static final int MANY = 20;

    private final ScriptedImap server = new ScriptedImap("");
    private final ImapTransport transport = new ImapTransport(options().settings());

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Test
    void aBatchThatTakesTooLongEndsAndItsRestComesLaterWithoutBeingInDoubt() {
        for (int i = 0; i < MANY; i++) {
            server.onAppend.add(ScriptedImap.SLOW);
        }
        long started = System.nanoTime();

        List<Outcome> outcomes = append();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(6));
        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(outcomes.get(MANY - 1)).isInstanceOfSatisfying(Outcome.Retryable.class, later -> {
            assertThat(later.fault()).isEqualTo(Fault.BUSY);
            assertThat(later.inDoubt()).isFalse();
        });
        server.onAppend.clear();
        assertThat(append()).hasOnlyElementsOfType(Outcome.Delivered.class);
    }

    private List<Outcome> append() {
        return transport.append(new Batch("alice@example.com", "Archive", MailboxTransportContract.emails("m", MANY)));
    }

    private ImapOptions options() {
        ImapOptions options = new ImapOptions();
        options.port = server.port();
        options.timeout = Duration.ofSeconds(1);
        return options;
    }
}
