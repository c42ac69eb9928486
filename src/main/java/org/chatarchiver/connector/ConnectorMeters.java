package org.chatarchiver.connector;

import java.util.Collection;

/** What shows numbers by connector: of those that run, and of no others. */
public interface ConnectorMeters {
    /** Before their routes are loaded, and again whenever others run. */
    void connectors(Collection<Connector> running);
}
