package org.chatarchiver.mapping;

import java.time.LocalDate;

/** The days on which a row holds, both ends included. */
record Validity(LocalDate from, LocalDate to) {
    static final Validity ALWAYS = new Validity(LocalDate.MIN, LocalDate.MAX);

    boolean contains(LocalDate date) {
        return !date.isBefore(from) && !date.isAfter(to);
    }

    boolean overlaps(Validity other) {
        return !from.isAfter(other.to) && !other.from.isAfter(to);
    }

    boolean isAlways() {
        return equals(ALWAYS);
    }
}
