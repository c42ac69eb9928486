package org.chatarchiver.msexchange.transport.imap;

import org.chatarchiver.servers.Dovecot;

class DovecotOneByOneTest extends DovecotContract {
    @Override
    Dovecot start(Dovecot.Options options) {
        return options.withoutUnaskedLiterals(false).start();
    }
}
