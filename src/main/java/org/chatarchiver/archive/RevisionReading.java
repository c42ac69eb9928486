package org.chatarchiver.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.chatarchiver.ledger.Capture;
import org.chatarchiver.ledger.CaptureKey;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.message.Message;
import org.chatarchiver.telemessage.PageElement;

/** One revision as it stands in the chunk at hand: gathers its captures, each once, and makes their one message. */
final class RevisionReading {
    private final PageWork work;
    private final Mapper mapper;
    private final Items.Known known;
    private final boolean fresh;
    private final Map<CaptureKey, Captured> captures = new LinkedHashMap<>();
    private final Set<Item> mended = new HashSet<>();
    private final Set<String> targets = new HashSet<>();
    private final List<Item> failing = new ArrayList<>();

    RevisionReading(PageWork work, Mapper mapper, Items.Known known, boolean fresh) {
        this.work = work;
        this.mapper = mapper;
        this.known = known;
        this.fresh = fresh;
        known.items().forEach(item -> targets.add(item.target()));
    }

    /** @param resolved failures of the same element from when it could not be understood */
    void add(PageElement.Read element, List<Item> resolved) {
        Message message = element.message();
        String owner = Revision.ownerKey(mapper.ownerKey(message));
        boolean first = fresh
                ? captures.isEmpty()
                : isFirst(
                        element,
                        owner,
                        () -> mapper.ownerKey(message.captured(known.revision().owner(), message.direction())));
        take(element, owner, message.msisdn(), first, message);
        mapper.met(message, work.mapping(), work.sightings()::row);
        mended.addAll(resolved);
    }

    void add(PageElement.Malformed element) {
        String owner = Revision.ownerKey(mapper.ownerKey(element.owner()));
        boolean first = fresh
                ? captures.isEmpty()
                : isFirst(element, owner, () -> mapper.ownerKey(known.revision().owner()));
        Optional<Captured> taken = take(element, owner, element.owner(), first, null);
        if (taken.isEmpty()) {
            return;
        }
        Captured captured = taken.get();
        String target = captured.first()
                ? ItemTarget.participant("")
                : captured.further()
                        ? ItemTarget.participant(element.owner())
                        : captured.capture().target();
        boolean added = targets.add(target);
        if (captured.further()) {
            captures.put(captured.key(), captured.with(captured.capture().mapped(target, added)));
        }
        if (captured.fresh() ? added : isOpen(target)) {
            failing.add(new Item(
                    known.revision().id(),
                    target,
                    work.page().run(),
                    work.page().number(),
                    ItemState.FAILING,
                    null,
                    element.reason(),
                    element.sentence(),
                    0,
                    null,
                    null));
        }
    }

    private boolean isOpen(String target) {
        return known.items().stream()
                .anyMatch(item -> item.target().equals(target)
                        && item.isOf(work.page())
                        && !item.state().isFinal());
    }

    /** What owners are compared by may come to be another with another version or setting; the place of a capture stays. */
    private boolean isFirst(PageElement element, String owner, Supplier<String> unrecorded) {
        Revision revision = known.revision();
        if (isAt(element) || owner.equals(revision.ownerKey())) {
            return true;
        }
        return revision.ownerKey() == null && owner.equals(Revision.ownerKey(unrecorded.get()));
    }

    /** Whether the revision was first met there. */
    private boolean isAt(PageElement element) {
        Revision revision = known.revision();
        return revision.run().equals(work.page().run())
                && revision.page() == work.page().number()
                && revision.position() == element.position();
    }

    private Optional<Captured> take(PageElement element, String owner, String msisdn, boolean first, Message message) {
        Captured captured;
        if (first) {
            String recorded = known.revision().ownerKey();
            captured = new Captured(
                    new CaptureKey(known.revision().id(), recorded == null ? "" : recorded), null, fresh, message);
            if (isAt(element)) {
                count(owner, msisdn, message);
            }
        } else {
            Optional<Capture> recorded = recorded(element, owner);
            Capture capture = recorded.orElseGet(
                    () -> Capture.of(known.revision().id(), owner, msisdn, work.page(), element.position()));
            captured = new Captured(
                    new CaptureKey(capture.message(), capture.owner()), capture, recorded.isEmpty(), message);
            if (capture.isOf(work.page()) && capture.position() == element.position()) {
                count(owner, msisdn, message);
            }
        }
        return captures.putIfAbsent(captured.key(), captured) == null ? Optional.of(captured) : Optional.empty();
    }

    /** One that could not be understood has no time but that at which its page landed. */
    private void count(String owner, String msisdn, Message message) {
        work.sightings().capture(owner, msisdn, message == null ? work.page().landed() : message.time());
    }

    private Optional<Capture> recorded(PageElement element, String owner) {
        return known.captures().stream()
                .filter(capture -> capture.isOf(work.page()) && capture.position() == element.position())
                .findFirst()
                .or(() -> known.captures().stream()
                        .filter(capture -> capture.owner().equals(owner))
                        .findFirst());
    }

    KnownMessage message() {
        String page = known.pageSha256() == null ? work.page().sha256() : known.pageSha256();
        Captures all = new Captures(List.copyOf(captures.values()), known.captures(), page);
        return new KnownMessage(work, known.revision(), fresh, all, known.items(), failing, List.copyOf(mended));
    }
}
