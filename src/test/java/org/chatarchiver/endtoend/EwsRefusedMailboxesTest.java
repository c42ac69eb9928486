package org.chatarchiver.endtoend;

/** Exchange Server, with an account that may impersonate some mailboxes only, or none. */
class EwsRefusedMailboxesTest extends RefusedMailboxesContract {
    @Override
    StubExchange exchange() {
        return StubExchange.ews();
    }

    @Override
    String cure() {
        return "give the account the role ApplicationImpersonation";
    }
}
