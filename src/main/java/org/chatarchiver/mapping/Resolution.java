package org.chatarchiver.mapping;

/** What came of mapping one participant. */
sealed interface Resolution {

    record Found(Target target) implements Resolution {}

    record Failed(Unmapped failure) implements Resolution {}

    /** Outside the organisation. */
    record Nobody() implements Resolution {}

    /** Outside the organisation, or with a wrong address. */
    record NotServed(Unserved unserved) implements Resolution {}

    record Waiting(Postponed postponed) implements Resolution {}

    record Outage(String why) implements Resolution {}
}
