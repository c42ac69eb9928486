package org.chatarchiver.msexchange.transport;

import org.chatarchiver.servers.Dovecot;

class DovecotPipelinedTest extends DovecotContract {
    @Override
    Dovecot start(Dovecot.Options options) {
        return options.withoutMultiAppend().start();
    }
}
