package org.chatarchiver.msexchange.transport.graph;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.chatarchiver.msexchange.transport.Trouble;

/**
 * By which name Graph knows the user of a mailbox: by the mapped address itself, unless it is no user principal name and the directory has
 * told the user's id. The longest unused are forgotten first. Safe for use by many threads.
 */
final class GraphUsers {
    static final Duration FOUND_FOR = Duration.ofHours(1);

    /** Shorter, since a mailbox that is made is to be found. */
    static final Duration MISSED_FOR = Duration.ofMinutes(10);

    private static final int MOST_KNOWN = 10_000;

    private final LongSupplier nanoTime;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    GraphUsers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * What the directory has said of an address.
     *
     * @param id of the user; null where there is none, or several
     * @param objection why none of several users is the one; null unless there are several
     */
    record Answer(String id, Trouble objection) {}

    private record Known(Answer answer, long until) {}

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
    synchronized Answer known(String mailbox) {
        Known one = known.get(key(mailbox));
        return one == null || nanoTime.getAsLong() - one.until >= 0 ? null : one.answer;
    }

    synchronized void remember(String mailbox, Answer answer) {
        Duration time = answer.id() == null ? MISSED_FOR : FOUND_FOR;
        known.put(key(mailbox), new Known(answer, nanoTime.getAsLong() + time.toNanos()));
    }

    private static String key(String mailbox) {
        return mailbox.toLowerCase(Locale.ROOT);
    }
}
