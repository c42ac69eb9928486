package org.chatarchiver.console;

import java.nio.file.Path;
import java.time.Instant;
import org.chatarchiver.api.ConnectorView;
import org.chatarchiver.api.ProgressView;
import org.chatarchiver.mapping.MappingSource;

/**
 * A connector as its page shows it.
 *
 * @param words its schedule
 * @param progress of its latest run while that goes on; else null
 */
record ConnectorCard(ConnectorView connector, String words, ProgressView progress) {
    public String stateName() {
        return switch (connector.state()) {
            case IDLE -> "Idle";
            case RUNNING -> "Running";
            case WAITING -> "Waiting";
            case PAUSED -> "Paused";
            case LOGIN_REFUSED -> "Cannot log in";
        };
    }

    /** Its class in the style sheet. */
    public String stateTone() {
        return switch (connector.state()) {
            case IDLE -> "calm";
            case RUNNING -> "good";
            case WAITING, PAUSED -> "warn";
            case LOGIN_REFUSED -> "bad";
        };
    }

    /** Null where nothing has landed yet: the watermark of a connector without a run is the time from which its first one asks. */
    public Instant landedUntil() {
        return connector.lastRun() == null ? null : connector.watermark();
    }

    /** As its file writes it; empty where it names none. */
    public String mappingFile() {
        return MappingSource.path(connector.mapping()).map(Path::toString).orElse("");
    }

    /** Null where no run goes on. */
    public Moving moving() {
        boolean said = connector.paused() != null || connector.waitingFor() != null;
        return progress == null ? null : new Moving(progress, said ? null : progress.waitingFor());
    }

    /** How often the page asks how things stand, as htmx takes it. */
    public String rhythm() {
        return progress == null ? "every 15s" : Moving.RHYTHM;
    }
}
