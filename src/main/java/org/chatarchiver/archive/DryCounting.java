package org.chatarchiver.archive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.chatarchiver.ledger.CaptureKey;
import org.chatarchiver.ledger.DryCounts;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Reason;
import org.springframework.stereotype.Component;

/**
 * Counts what a dry run would do. As nothing is recorded, every capture of an unknown message is its first one and maps all participants;
 * so items are told apart, and one that several captures come to, in whatever pages, is counted in one.
 */
@Component
class DryCounting {
    private final DryCounts counts;

    DryCounting(DryCounts counts) {
        this.counts = counts;
    }

    void count(PageWork work, List<MessageWork> messageWorks) {
        Set<UUID> ours = counts.claim(
                work.page(), messageWorks.stream().flatMap(DryCounting::all).toList());
        messageWorks.forEach(messageWork -> new Count(work, messageWork, ours).add());
    }

    private static Stream<UUID> all(MessageWork messageWork) {
        return Stream.of(
                        messageWork.captures().here().stream().map(one -> capture(messageWork, one.key())),
                        messageWork.open().stream().map(DryCounting::item),
                        met(messageWork).stream().map(DryCounting::item))
                .flatMap(ids -> ids);
    }

    private static List<Item> met(MessageWork messageWork) {
        List<Item> met = new ArrayList<>(messageWork.captures().met(messageWork.known()));
        met.removeAll(messageWork.open());
        return met;
    }

    private static UUID capture(MessageWork messageWork, CaptureKey key) {
        return id(messageWork.revision().sourceId(), key.owner());
    }

    private static UUID item(Item item) {
        return id(item.message().toString(), item.target());
    }

    private static UUID id(String one, String other) {
        return UUID.nameUUIDFromBytes((one + '\n' + other).getBytes(StandardCharsets.UTF_8));
    }

    private record Count(PageWork work, MessageWork messageWork, Set<UUID> ours) {
        void add() {
            messageWork.captures().here().stream()
                    .filter(one -> first(capture(messageWork, one.key())))
                    .forEach(one -> add(DryCounts.Outcome.MESSAGES, null));
            boolean partial = messageWork.sends() && messageWork.partial() != null;
            messageWork.send().stream()
                    .filter(item -> first(item(item)))
                    .forEach(item -> add(partial ? DryCounts.Outcome.PARTIAL : DryCounts.Outcome.IMPORTED, null));
            messageWork.failing().stream()
                    .filter(item -> first(item(item)))
                    .forEach(item -> add(DryCounts.Outcome.FAILED, item.reason()));
            messageWork.waiting().stream()
                    .filter(one -> first(item(one.settled().item())))
                    .forEach(one -> add(DryCounts.Outcome.FAILED, one.settled().reason()));
            met(messageWork).stream().filter(item -> first(item(item))).forEach(known -> {
                boolean failed = known.state() == ItemState.FAILED;
                add(failed ? DryCounts.Outcome.FAILED : DryCounts.Outcome.SKIPPED, failed ? known.reason() : null);
            });
        }

        private boolean first(UUID id) {
            return ours.contains(id) && work.met().add(id);
        }

        private void add(DryCounts.Outcome outcome, Reason reason) {
            work.dry().merge(new DryCounts.Key(outcome, reason), 1L, Long::sum);
        }
    }
}
