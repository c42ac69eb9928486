package org.chatarchiver.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Opaque cursors, each good for one query of one account and until {@link #expire}. */
final class Cursors {
    /** What a cursor is worth: a place, or the status of the refusal. */
    record Reading(FeedStore.Place place, int refusal) {}

    private final UUID salt = UUID.randomUUID();
    private final AtomicInteger generation = new AtomicInteger();

    String write(FeedAccount account, FeedQuery query, FeedStore.Place place) {
        String text = String.join(
                "|",
                Integer.toString(generation.get()),
                bound(account, query),
                place.received().toString(),
                Long.toString(place.sequence()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    Reading read(FeedAccount account, FeedQuery query) {
        String[] parts;
        try {
            parts = new String(Base64.getUrlDecoder().decode(query.cursor()), StandardCharsets.UTF_8).split("\\|", -1);
        } catch (IllegalArgumentException notBase64) {
            return new Reading(null, 400);
        }
        if (parts.length != 4 || !parts[1].equals(bound(account, query))) {
            return new Reading(null, 400);
        }
        if (!parts[0].equals(Integer.toString(generation.get()))) {
            return new Reading(null, 410);
        }
        return new Reading(new FeedStore.Place(Instant.parse(parts[2]), Long.parseLong(parts[3])), 0);
    }

    /** Makes every cursor given so far too old. */
    void expire() {
        generation.incrementAndGet();
    }

    private String bound(FeedAccount account, FeedQuery query) {
        String key = String.join(
                "\n",
                salt.toString(),
                account.user(),
                query.network(),
                query.from().toString(),
                query.to().toString());
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
