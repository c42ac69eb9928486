package org.chatarchiver.mapping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.chatarchiver.message.LruCache;

/**
 * Remembers answers: a missing mailbox for a short time, so that one that is created is soon found, a present one for long, one in trouble
 * until it may be asked for again. An {@link Existence.Outage} is never remembered. Concurrent callers ask once per mailbox and share the answer. Bounded in count.
 */
public final class CachedDirectory implements MailboxDirectory {
    /** Else each message of a page would ask for the mailbox. */
    private static final Duration TROUBLED = Duration.ofSeconds(1);

    private final MailboxDirectory directory;
    private final Duration presentFor;
    private final Duration missingFor;
    private final Clock clock;
    private final LruCache<String, Answer> answers;
    private final ConcurrentHashMap<String, CompletableFuture<Existence>> asking = new ConcurrentHashMap<>();

    public CachedDirectory(MailboxDirectory directory, MappingProperties properties, Clock clock) {
        this.directory = directory;
        this.presentFor = properties.presentFor();
        this.missingFor = properties.missingFor();
        this.clock = clock;
        this.answers = new LruCache<>(properties.cachedMailboxes());
    }

    @Override
    public Existence lookup(String mailbox) {
        String key = mailbox.toLowerCase(Locale.ROOT);
        return known(key).orElseGet(() -> ask(key));
    }

    @Override
    public Existence lookupAgain(String mailbox) {
        invalidate(mailbox);
        return lookup(mailbox);
    }

    /** Forgets one mailbox: for a delivery that was told that the mailbox is gone. */
    public void invalidate(String mailbox) {
        answers.remove(mailbox.toLowerCase(Locale.ROOT));
    }

    private Optional<Existence> known(String key) {
        return Optional.ofNullable(answers.get(key))
                .filter(answer -> clock.instant().isBefore(answer.until()))
                .map(Answer::existence);
    }

    private Existence ask(String key) {
        CompletableFuture<Existence> mine = new CompletableFuture<>();
        CompletableFuture<Existence> other = asking.putIfAbsent(key, mine);
        if (other != null) {
            return await(other);
        }
        try {
            // The thread that asked before may have got its answer since this one looked.
            Existence existence = known(key).orElseGet(() -> askAndRemember(key));
            mine.complete(existence);
            return existence;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            asking.remove(key, mine);
        }
    }

    private static Existence await(CompletableFuture<Existence> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The directory failed while another thread asked it", e.getCause());
        }
    }

    private Existence askAndRemember(String key) {
        Existence existence = directory.lookup(key);
        remember(key, existence);
        return existence;
    }

    private void remember(String key, Existence existence) {
        Instant now = clock.instant();
        if (existence instanceof Existence.Present) {
            answers.put(key, new Answer(existence, now.plus(presentFor)));
        } else if (existence instanceof Existence.Missing) {
            answers.put(key, new Answer(existence, now.plus(missingFor)));
        } else if (existence instanceof Existence.Troubled troubled) {
            Duration pause = troubled.delay().compareTo(TROUBLED) > 0 ? troubled.delay() : TROUBLED;
            answers.put(key, new Answer(existence, now.plus(pause)));
        }
    }

    private record Answer(Existence existence, Instant until) {}
}
