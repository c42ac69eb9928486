package org.chatarchiver.console;

import org.chatarchiver.api.ConnectorView;
import org.chatarchiver.api.ProgressView;

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

    /** How often the page asks how things stand, as htmx takes it. */
    public String rhythm() {
        return progress == null ? "every 15s" : "every 2s";
    }
}
