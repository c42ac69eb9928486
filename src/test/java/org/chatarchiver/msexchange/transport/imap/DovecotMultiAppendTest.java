package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Listed;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.Dovecot;
import org.junit.jupiter.api.Test;

class DovecotMultiAppendTest extends DovecotContract {
    @Override
    Dovecot start(Dovecot.Options options) {
        return options.start();
    }

    @Test
    void batchesLargerThanTheByteLimitAreSentInParts() {
        transport.close();
        ImapOptions options = options();
        options.batchBytes = 1000;
        transport = new ImapTransport(options.settings());

        assertThat(transport.append(new Batch(alice, FOLDER, emails("p", 50))))
                .hasSize(50)
                .allMatch(Outcome.Delivered.class::isInstance);
    }

    @Test
    void aFolderOfManyEmailsIsListedInPartsAlsoBehindGapsOfNumbers() {
        transport.append(new Batch(alice, FOLDER, emails("gone", 4_100)));
        ((ImapReader) mailboxes).empty(alice, FOLDER);
        transport.append(new Batch(alice, FOLDER, emails("p", 1_100)));

        assertThat(listed(alice, FOLDER, DATE))
                .extracting(Listed.Header::messageId)
                .containsExactlyElementsOf(ids(emails("p", 1_100)));
    }
}
