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

    /** Whether it is known how much there is: while TeleMessage is asked and everything so far is done, it is not. */
    public boolean sure() {
        return progress != null
                && progress.itemsKnown() > 0
                && !(progress.polling() && progress.itemsDone() >= progress.itemsKnown());
    }

    /** What is done of what is known, how fast, and how long the rest will take. */
    public String counts() {
        Words words = new Words();
        StringBuilder text = new StringBuilder(words.number(progress.itemsDone()))
                .append(" of ")
                .append(words.count(progress.itemsKnown(), "item"))
                .append(" done, ")
                .append(words.number(progress.pagesDone()))
                .append(" of ")
                .append(words.count(progress.pagesLanded(), "page"))
                .append(progress.polling() ? " so far; TeleMessage is still asked" : "");
        if (progress.itemsPerSecond() != null) {
            text.append("; ")
                    .append(words.count(Math.round(progress.itemsPerSecond()), "item"))
                    .append(" a second");
        }
        if (progress.secondsLeft() != null) {
            text.append(", about ")
                    .append(words.lasting(progress.secondsLeft()))
                    .append(progress.polling() ? " for what has landed" : " left");
        }
        return text.append('.').toString();
    }

    /** Why the run does not move, where what is said of the connector does not say so already; else null. */
    public String standstill() {
        return connector.paused() == null && connector.waitingFor() == null ? progress.waitingFor() : null;
    }

    /** How often the page asks how things stand, as htmx takes it. */
    public String rhythm() {
        return progress == null ? "every 15s" : "every 2s";
    }
}
