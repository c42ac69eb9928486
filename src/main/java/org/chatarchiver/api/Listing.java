package org.chatarchiver.api;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next what to give as {@code after} for the part behind this one; null at the end
 */
record Listing<T>(List<T> items, String next) {
    /** How many rows to ask for, so that it is known whether a part follows. */
    static int rows(int limit) {
        return limit + 1;
    }

    /** @param rows up to {@link #rows} of them */
    static <R, T> Listing<T> of(List<R> rows, int limit, Function<R, T> view, Function<R, Object> key) {
        List<R> part = rows.subList(0, Math.min(limit, rows.size()));
        return new Listing<>(
                part.stream().map(view).toList(),
                rows.size() > limit ? key.apply(part.get(limit - 1)).toString() : null);
    }
}
