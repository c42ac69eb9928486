package org.chatarchiver.archive;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chatarchiver.ledger.Capture;
import org.chatarchiver.ledger.CaptureKey;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.message.Message;

/**
 * Whose devices captured a revision. The first capture has mapped all participants, each further one maps its owner alone.
 *
 * @param here those that stand in the chunk at hand, each once
 * @param known what the ledger has of those behind the first one, wherever they stand
 * @param pageSha256 digest of the page of the first one
 */
record Captures(List<Captured> here, List<Capture> known, String pageSha256) {
    Captures with(List<Captured> mapped) {
        return new Captures(mapped, known, pageSha256);
    }

    /** As the first capture has it, where it is here; null for an element that could not be understood. */
    Message message() {
        return first().orElse(here.get(0)).message();
    }

    Optional<Captured> first() {
        return here.stream().filter(Captured::first).findFirst();
    }

    /** To be recorded, behind the first one. */
    List<Capture> further() {
        return here.stream().filter(Captured::further).map(Captured::capture).toList();
    }

    /** The capture whose owner came to an item, as far as the ledger knows. */
    Optional<Capture> cameTo(Item item) {
        return known.stream()
                .filter(capture -> item.target().equals(capture.target()))
                .findFirst();
    }

    Optional<Captured> here(Capture capture) {
        return here.stream()
                .filter(one -> !one.first() && one.capture().owner().equals(capture.owner()))
                .findFirst();
    }

    /** The capture, behind the first one, whose doing an item is. */
    Optional<Capture> maker(Item item) {
        return Stream.concat(known.stream(), further().stream())
                .filter(capture -> capture.added() && item.target().equals(capture.target()))
                .findFirst();
    }

    /** Those of the known items that the captures in this chunk come to. */
    List<Item> met(List<Item> items) {
        Set<String> theirs = new HashSet<>();
        here.stream()
                .filter(one -> !one.first())
                .forEach(one -> theirs.add(one.capture().target()));
        boolean first = first().isPresent();
        return items.stream()
                .filter(item -> theirs.contains(item.target()) || first && ofFirst(item))
                .toList();
    }

    /** Whether an item comes from the first capture, which has mapped all participants. */
    boolean ofFirst(Item item) {
        return maker(item).isEmpty();
    }

    /** Those in this chunk that another run met first. */
    List<CaptureKey> ofOtherRuns(Page page, String firstRun) {
        return here.stream()
                .filter(one -> !(one.first() ? firstRun : one.capture().run()).equals(page.run()))
                .map(Captured::key)
                .toList();
    }
}
