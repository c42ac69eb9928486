package org.chatarchiver.security;

/** What a user may do. A user without either may do nothing. */
public enum Role {
    /** Changes things, and looks. */
    DATA_CONNECTOR_ADMIN,
    /** Looks: runs, reports, channels, health details and metrics. Also the role for a Prometheus server's user. */
    COMPLIANCE_READER
}
