package org.chatarchiver.endtoend;

/** Exchange Web Services. */
class EwsManyWaitsTest extends ManyWaitsContract {
    @Override
    StubExchange exchange() {
        return StubExchange.ews();
    }
}
