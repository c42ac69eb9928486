package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.servers.Dovecot;
import org.junit.jupiter.api.Test;

class DovecotMultiAppendTest extends DovecotContract {
    @Override
    Dovecot start(Dovecot.Options options) {
        return options.start();
    }

    @Test
    void theOneEmailThatTheServerRefusesIsFoundOutAndTheOthersAreDelivered() {
        Email bad = email("bad", "nul \0 byte");

        List<Outcome> outcomes = transport.append(new Batch(ALICE, FOLDER, List.of(email("a"), bad, email("b"))));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Delivered.class);
        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Delivered.class);
        assertThat(mailboxes.folder(ALICE, FOLDER)).hasSize(2);
    }

    @Test
    void batchesLargerThanTheByteLimitAreSentInParts() {
        transport.close();
        ImapOptions options = options();
        options.batchBytes = 1000;
        transport = new ImapTransport(options.settings());

        assertThat(transport.append(new Batch(ALICE, FOLDER, emails("p", 50))))
                .hasSize(50)
                .allMatch(Outcome.Delivered.class::isInstance);
    }
}
