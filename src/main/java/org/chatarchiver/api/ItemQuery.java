package org.chatarchiver.api;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.message.Printable;

/** The states by which items can be asked for, under the names that they have in the reports. */
final class ItemQuery {
    private static final Map<ItemState, String> NAMES = new EnumMap<>(Map.of(
            ItemState.RETRY, "waiting",
            ItemState.IMPORTED, "imported",
            ItemState.PARTIAL, "partiallyImported"));

    private ItemQuery() {}

    static String name(ItemState state) {
        return NAMES.get(state);
    }

    /** The same, also for what cannot be asked for by its state. */
    static String anyName(ItemState state) {
        return NAMES.getOrDefault(state, state == ItemState.FAILED ? "failed" : "sending");
    }

    /**
     * @param state empty for what waits, and with a message id for what is delivered, too
     * @throws Refusal if it is none of the names, or of what is delivered, which can be asked for by message id only
     */
    static Set<ItemState> states(String state, String messageId) {
        if (state.isEmpty()) {
            return messageId.isEmpty() ? EnumSet.of(ItemState.RETRY) : EnumSet.copyOf(NAMES.keySet());
        }
        ItemState asked = NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(state))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("The parameter state is " + Printable.quoted(state)
                        + "; it must be " + NAMES.values().stream().sorted().collect(Collectors.joining(", "))
                        + ", or left out. What failed is in GET /api/channels."));
        if (asked != ItemState.RETRY && messageId.isEmpty()) {
            throw Refusal.badRequest("What is " + state
                    + " can be asked for by message only: give messageId, the source's id of the message.");
        }
        return EnumSet.of(asked);
    }
}
