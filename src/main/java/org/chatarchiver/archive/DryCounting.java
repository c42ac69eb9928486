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

    void count(PageWork work, List<PreparedMessage> messages) {
        Set<UUID> ours = counts.claim(
                work.page(),
                messages.stream()
                        .map(PreparedMessage::mapped)
                        .flatMap(DryCounting::all)
                        .toList());
        messages.forEach(message -> new Count(work, message.mapped(), isPartial(message), ours).add());
    }

    private static boolean isPartial(PreparedMessage message) {
        return message instanceof MarshalledMessage sent && sent.partial() != null;
    }

    private static Stream<UUID> all(MappedMessage message) {
        return Stream.of(
                        message.known().captures().here().stream().map(one -> capture(message, one.key())),
                        message.items().open().stream().map(DryCounting::item),
                        met(message).stream().map(DryCounting::item))
                .flatMap(ids -> ids);
    }

    private static List<Item> met(MappedMessage message) {
        List<Item> met =
                new ArrayList<>(message.known().captures().met(message.known().items()));
        met.removeAll(message.items().open());
        return met;
    }

    private static UUID capture(MappedMessage message, CaptureKey key) {
        return id(message.known().revision().sourceId(), key.owner());
    }

    private static UUID item(Item item) {
        return id(item.message().toString(), item.target());
    }

    private static UUID id(String one, String other) {
        return UUID.nameUUIDFromBytes((one + '\n' + other).getBytes(StandardCharsets.UTF_8));
    }

    private record Count(PageWork work, MappedMessage message, boolean partial, Set<UUID> ours) {
        void add() {
            message.known().captures().here().stream()
                    .filter(one -> first(capture(message, one.key())))
                    .forEach(one -> add(DryCounts.Outcome.MESSAGES, null));
            message.items().send().stream()
                    .filter(item -> first(item(item)))
                    .forEach(item -> add(partial ? DryCounts.Outcome.PARTIAL : DryCounts.Outcome.IMPORTED, null));
            message.items().failing().stream()
                    .filter(item -> first(item(item)))
                    .forEach(item -> add(DryCounts.Outcome.FAILED, item.reason()));
            message.items().waiting().stream()
                    .filter(one -> first(item(one.settled().item())))
                    .forEach(one -> add(DryCounts.Outcome.FAILED, one.settled().reason()));
            met(message).stream().filter(item -> first(item(item))).forEach(known -> {
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
