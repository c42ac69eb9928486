package org.chatarchiver.audit;

/** What the entries of the audit log tell of. The names stand in the hashes of entries: one that was used is never renamed. */
public enum AuditAction {
    ARCHIVER_STARTED,
    ARCHIVER_STOPPED,
    RUN_OPENED,
    RUN_ENDED,
    RUN_ACCEPTED,
    RUN_CANCELLED,
    RUN_REPLAYED,
    RUN_VERIFIED,
    PAGE_LANDED,
    PAGE_DELIVERED,
    MAPPING_TAKEN,
    ROUTES_EDITED,
    ROUTE_OPERATED,
    CONNECTOR_EDITED,
    CONNECTOR_PAUSED,
    CONNECTOR_RESUMED,
    ENTRIES_REQUEUED,
    ENTRIES_CLOSED,
    ENTRIES_REOPENED,
    LOGGED_IN,
    LOGIN_REFUSED,
    TERMS_ACCEPTED,
    ALERT_SENT,
    HOLD_SET,
    HOLD_LIFTED,
    RETENTION_APPLIED,
    EVIDENCE_EXPORTED,
    REMARK
}
