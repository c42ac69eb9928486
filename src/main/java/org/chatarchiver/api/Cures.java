package org.chatarchiver.api;

import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.ledger.Channel;

/** What to do about what is wrong. */
final class Cures {
    private Cures() {}

    static String of(AlertCause cause) {
        return switch (cause) {
            case CHANNEL_ENTRIES -> "Look at the channel, mend the cause, and requeue its entries.";
            case RUN_FAILED, RUN_INCOMPLETE ->
                "Look at the run's report; the window is asked for again by the next runs.";
            case NO_COMPLETE_RUN ->
                "See whether the destination is up, the log-in is accepted, and the schedule is right; then run it now.";
            case WATERMARK_OLD ->
                "See why its runs fail or stay incomplete. TeleMessage forgets after days: what is not collected by then is lost.";
            case PAUSE_TOO_LONG -> "Resume the connector before that time.";
            case SILENCE -> "Ask TeleMessage whether it still captures; see whether people's phones are registered.";
            case MAPPING_REFUSED -> "Mend the rows that are named, or put the file there; no restart is needed.";
            case CONNECTOR_LEFT_OUT -> "Mend the file and line that is named; it is taken within half a minute.";
            case CONNECTOR_GONE -> "Mend or restore its file in routes/connectors; what waits goes on then.";
            case ROUTE_STOPPED -> "Start the route in Hawtio, or restart the archiver.";
            case ROUTES_DIFFER ->
                "Give all archivers with this ledger the same files: see whether the ConfigMap, or whatever brings them, reaches each"
                        + " of those named, and whether settings or secrets that a file needs are missing there.";
            case ROUTES_NOT_IN_FORCE ->
                "Mend the file and line that is named; what was there before runs on meanwhile.";
            case FEED_CLOCK -> "Set this machine's clock, or ask TeleMessage about theirs; windows follow the feed's.";
            case BROKER_OUTAGE ->
                "See whether the broker is up, and reached with the settings archiver.broker; pages are queued by themselves then.";
            case DESTINATION_OUTAGE ->
                "See whether Exchange, the archiver's credentials and the network are as they should be. Collecting goes on, and delivery resumes by itself.";
        };
    }

    static String of(Channel channel) {
        return switch (channel) {
            case SOURCE -> "See why the poll failed; a requeue asks for its window again.";
            case MALFORMED -> "Ask TeleMessage about the message at that page and position; a requeue reads it again.";
            case UNMAPPED -> "Add the number to the mapping file, or the mailbox to Exchange; then requeue.";
            case OVERSIZE ->
                "The text alone is larger than the limit; raise archiver.limits.item if it may be, and requeue.";
            case UNDELIVERABLE ->
                "See the reason; what can pass is requeued by the archiver itself for 7 days, the rest by you once it is mended.";
        };
    }
}
