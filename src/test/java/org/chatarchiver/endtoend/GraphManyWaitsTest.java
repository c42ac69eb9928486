package org.chatarchiver.endtoend;

/** Microsoft Graph. */
class GraphManyWaitsTest extends ManyWaitsContract {
    @Override
    StubExchange exchange() {
        return StubExchange.graph();
    }
}
