package org.chatarchiver.mapping;

/** What came of mapping one participant. */
sealed interface Resolution {

    record Found(Target target) implements Resolution {}

    record Failed(Unmapped failure) implements Resolution {}

    /** Outside the organisation. */
    record Nobody() implements Resolution {}

    record Waiting(Postponed postponed) implements Resolution {}

    record Outage(String why) implements Resolution {}
}
