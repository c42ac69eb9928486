package org.chatarchiver.alert;

/** What an e-mail to the operators is about: one mail for each cause and hour at most. */
public enum AlertCause {
    CHANNEL_ENTRIES("new entries in error channels", false),
    RUN_FAILED("runs that failed", false),
    RUN_INCOMPLETE("runs that are incomplete", false),
    NO_COMPLETE_RUN("no complete run for 26 hours", true),
    WATERMARK_OLD("a watermark older than 48 hours", true),
    PAUSE_TOO_LONG("a pause by which messages will be lost", true),
    SILENCE("no traffic where there usually is", true),
    MAPPING_REFUSED("mapping files that cannot be used", true),
    CONNECTOR_LEFT_OUT("connectors that were left out", true),
    CONNECTOR_GONE("connectors without a file while items wait", true),
    ROUTE_STOPPED("routes that are stopped", true),
    ROUTES_NOT_IN_FORCE("route files that are not in force", true),
    ROUTES_DIFFER("route files that differ between archivers", true),
    FEED_CLOCK("the feed's clock differs from ours", true),
    BROKER_OUTAGE("the page queue's broker cannot be used", true),
    DESTINATION_OUTAGE("the destination cannot be used", true);

    private final String title;
    private final boolean lasting;

    AlertCause(String title, boolean lasting) {
        this.title = title;
        this.lasting = lasting;
    }

    public String title() {
        return title;
    }

    /** Whether it lasts until it is mended, and is told again daily, rather than happening once. */
    boolean lasting() {
        return lasting;
    }
}
