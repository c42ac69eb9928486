package org.chatarchiver.msexchange.transport.imap;

import org.chatarchiver.servers.Dovecot;

class DovecotPipelinedTest extends DovecotContract {
    @Override
    Dovecot start(Dovecot.Options options) {
        return options.withoutMultiAppend().start();
    }
}
