package org.chatarchiver.console;

import org.chatarchiver.api.ProgressView;

/**
 * A run that goes on, as pages show it.
 *
 * @param standstill why it does not move, where the page does not say so elsewhere; else null
 */
record Moving(ProgressView progress, String standstill) {
    /** How often a page asks how far it is, as htmx takes it. */
    static final String RHYTHM = "every 2s";

    static Moving of(ProgressView progress) {
        return new Moving(progress, progress.waitingFor());
    }

    public String rhythm() {
        return RHYTHM;
    }

    /** Whether it is known how much there is: while TeleMessage is asked, does not say, and everything so far is done, it is not. */
    public boolean sure() {
        return progress.itemsKnown() > 0 && !(progress.polling() && progress.itemsDone() >= progress.itemsKnown());
    }

    /** What is done of what is known, how fast, and how long the rest will take. */
    public String counts() {
        if (progress.polling() && progress.itemsKnown() == 0 && progress.pagesLanded() == 0) {
            return "TeleMessage is being asked.";
        }
        Words words = new Words();
        StringBuilder text = new StringBuilder(words.number(progress.itemsDone()))
                .append(progress.polling() ? " of about " : " of ")
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
}
