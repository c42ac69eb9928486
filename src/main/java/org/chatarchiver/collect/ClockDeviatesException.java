package org.chatarchiver.collect;

/** The first answer to a run tells another time than the one by which its window was chosen: the window is chosen again. */
public class ClockDeviatesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClockDeviatesException(String sentence) {
        super(sentence);
    }
}
