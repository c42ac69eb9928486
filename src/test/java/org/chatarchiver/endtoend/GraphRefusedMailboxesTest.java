package org.chatarchiver.endtoend;

/** Microsoft Graph, with an application that may use some mailboxes only (RBAC), or none. */
class GraphRefusedMailboxesTest extends RefusedMailboxesContract {
    @Override
    StubExchange exchange() {
        return StubExchange.graph();
    }

    @Override
    String cure() {
        return "grant the application Mail.ReadWrite";
    }
}
