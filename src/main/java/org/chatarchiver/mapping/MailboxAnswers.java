package org.chatarchiver.mapping;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the destination has said of mailboxes: a missing one is remembered for a short time, so that one that is created is soon found, a
 * present one for long, one in trouble until it may be asked for again. An {@link MailboxAnswer.Outage} is never remembered. Whoever needs to
 * know the same at the same time asks once and shares the answer. Bounded in count. Safe for many threads.
 */
public final class MailboxAnswers {
    /** Else each message of a page would ask for the mailbox. */
    private static final Duration TROUBLED = Duration.ofSeconds(1);

    private final Duration presentFor;
    private final Duration missingFor;
    private final Cache<String, MailboxAnswer> answers;
    private final ConcurrentHashMap<String, CompletableFuture<Optional<MailboxAnswer>>> asking =
            new ConcurrentHashMap<>();

    public MailboxAnswers(MappingProperties properties, Clock clock) {
        this.presentFor = properties.presentFor();
        this.missingFor = properties.missingFor();
        this.answers = Caffeine.newBuilder()
                .maximumSize(properties.cachedMailboxes())
                .expireAfter(Expiry.<String, MailboxAnswer>writing((mailbox, existence) -> rememberedFor(existence)))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** What is remembered of a mailbox. */
    public Optional<MailboxAnswer> known(String mailbox) {
        return Optional.ofNullable(answers.getIfPresent(key(mailbox)));
    }

    /**
     * Empty for whoever is to ask now: all others wait here until that one calls {@link #learn} or {@link #giveUp}, and so must not be left
     * without. Whoever has a mailbox to ask for must not wait here for another one.
     */
    public Optional<MailboxAnswer> await(String mailbox) {
        String key = key(mailbox);
        while (true) {
            CompletableFuture<Optional<MailboxAnswer>> other = asking.putIfAbsent(key, new CompletableFuture<>());
            // Also what the thread that asked before has learnt since this one looked.
            Optional<MailboxAnswer> answer = other == null ? known(key) : other.join();
            if (other == null && answer.isPresent()) {
                told(key, answer);
            }
            if (other == null || answer.isPresent()) {
                return answer;
            }
        }
    }

    /** What the destination says, by whoever was to ask. */
    public void learn(String mailbox, MailboxAnswer existence) {
        String key = key(mailbox);
        if (!(existence instanceof MailboxAnswer.Outage)) {
            answers.put(key, existence);
        }
        told(key, Optional.of(existence));
    }

    /** Whoever was to ask got no answer at all; one of those who wait asks instead. */
    public void giveUp(String mailbox) {
        told(key(mailbox), Optional.empty());
    }

    /** Forgets one mailbox: for a requeue after mending something. */
    public void invalidate(String mailbox) {
        answers.invalidate(key(mailbox));
    }

    private void told(String key, Optional<MailboxAnswer> answer) {
        CompletableFuture<Optional<MailboxAnswer>> waiting = asking.remove(key);
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    private Duration rememberedFor(MailboxAnswer existence) {
        if (existence instanceof MailboxAnswer.Present) {
            return presentFor;
        }
        if (existence instanceof MailboxAnswer.Missing) {
            return missingFor;
        }
        Duration pause = ((MailboxAnswer.Troubled) existence).delay();
        return pause.compareTo(TROUBLED) > 0 ? pause : TROUBLED;
    }

    private static String key(String mailbox) {
        return mailbox.toLowerCase(Locale.ROOT);
    }
}
