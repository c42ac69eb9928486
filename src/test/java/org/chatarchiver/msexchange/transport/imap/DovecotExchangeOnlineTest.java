package org.chatarchiver.msexchange.transport.imap;

import org.chatarchiver.servers.Dovecot;

/** Set up to answer like Exchange Online: XOAUTH2 with one token for all mailboxes, LITERAL+ and UIDPLUS, no MULTIAPPEND. */
class DovecotExchangeOnlineTest extends DovecotContract {
    @Override
    Dovecot start(Dovecot.Options options) {
        return options.withoutMultiAppend().start();
    }

    @Override
    ImapOptions options() {
        return ImapOptions.xoauth2(dovecot);
    }
}
