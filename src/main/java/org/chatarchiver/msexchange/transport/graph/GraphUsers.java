package org.chatarchiver.msexchange.transport.graph;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.chatarchiver.msexchange.transport.TransportError;

/**
 * By which name Graph knows the user of a mailbox: by the mapped address itself, unless it is no user principal name and the directory has
 * told the user's id. Safe for use by many threads.
 */
final class GraphUsers {
    static final Duration FOUND_FOR = Duration.ofHours(1);

    /** Shorter, since a mailbox that is made is to be found. */
    static final Duration MISSED_FOR = Duration.ofMinutes(10);

    private static final int MOST_KNOWN = 10_000;

    private final Cache<String, Answer> known;

    GraphUsers(LongSupplier nanoTime) {
        known = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN)
                .expireAfter(Expiry.<String, Answer>writing(
                        (mailbox, answer) -> answer.id() == null ? MISSED_FOR : FOUND_FOR))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * What the directory has said of an address.
     *
     * @param id of the user; null where there is none, or several
     * @param objection why none of several users is the one; null unless there are several
     */
    record Answer(String id, TransportError objection) {}

    /** What stands behind {@code /users/}. */
    String of(String mailbox) {
        String id = id(mailbox);
        return id == null ? mailbox : id;
    }

    /** Null where none is known. */
    String id(String mailbox) {
        Answer answer = known(mailbox);
        return answer == null ? null : answer.id();
    }

    /** Null where the directory was not asked, or too long ago. */
    Answer known(String mailbox) {
        return known.getIfPresent(key(mailbox));
    }

    void remember(String mailbox, Answer answer) {
        known.put(key(mailbox), answer);
    }

    private static String key(String mailbox) {
        return mailbox.toLowerCase(Locale.ROOT);
    }
}
