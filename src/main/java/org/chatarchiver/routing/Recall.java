package org.chatarchiver.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.message.ContentDigest;
import org.chatarchiver.telemessage.PageElement;
import org.springframework.stereotype.Component;

/**
 * Makes a parcel of each element of a chunk, with what the ledger knows of it: which revision it is, and what has become of its items.
 * A message that stands twice in the chunk with the same content is taken once.
 */
@Component("recall")
public class Recall {
    private static final String NO_CONTENT = "0".repeat(64);

    private final Items items;

    Recall(Items items) {
        this.items = items;
    }

    public List<Parcel> parcels(@Body WorkChunk chunk) {
        PageWork work = chunk.work();
        Set<String> ids = new LinkedHashSet<>();
        for (PageElement element : chunk.chunk().elements()) {
            ids.add(sourceId(element, work));
            if (work.again()) {
                ids.add(malformedId(element, work));
            }
        }
        Revisions revisions = new Revisions(work, items.recall(work.connector().id(), ids));
        List<Parcel> parcels = new ArrayList<>();
        chunk.chunk().elements().forEach(element -> revisions.parcel(element).ifPresent(parcels::add));
        return parcels;
    }

    private static String sourceId(PageElement element, PageWork work) {
        return element instanceof PageElement.Read read
                ? Revision.storable(read.message().id())
                : malformedId(element, work);
    }

    /** An element without an id is the element at that place of that page. */
    private static String malformedId(PageElement element, PageWork work) {
        String id = element instanceof PageElement.Read read
                ? read.message().id()
                : ((PageElement.Malformed) element).messageId();
        return Revision.malformed(id.isEmpty() ? work.page().sha256() + "#" + element.position() : id);
    }

    /** What is known, growing as the chunk is gone through. */
    private static final class Revisions {
        private final PageWork work;
        private final Map<String, List<Items.Known>> known = new HashMap<>();
        private final Set<UUID> taken = new HashSet<>();

        Revisions(PageWork work, Map<String, List<Items.Known>> recalled) {
            this.work = work;
            recalled.forEach((id, revisions) -> known.put(id, new ArrayList<>(revisions)));
        }

        Optional<Parcel> parcel(PageElement element) {
            String id = sourceId(element, work);
            boolean read = element instanceof PageElement.Read;
            String digest = read ? ContentDigest.of(((PageElement.Read) element).message()) : NO_CONTENT;
            List<Items.Known> revisions = known.computeIfAbsent(id, unknown -> new ArrayList<>());
            for (Items.Known revision : revisions) {
                if (revision.revision().digest().equals(digest)) {
                    return taken.add(revision.revision().id())
                            ? Optional.of(parcel(element, revision.revision(), false, revision.items()))
                            : Optional.empty();
                }
            }
            String owner =
                    read ? ((PageElement.Read) element).message().msisdn() : ((PageElement.Malformed) element).owner();
            Revision fresh = Revision.of(
                    work.connector().id(), id, digest, revisions.size(), work.page(), element.position(), owner);
            revisions.add(new Items.Known(fresh, List.of()));
            taken.add(fresh.id());
            return Optional.of(parcel(element, fresh, true, List.of()));
        }

        private Parcel parcel(PageElement element, Revision revision, boolean fresh, List<Item> items) {
            if (element instanceof PageElement.Malformed malformed) {
                return malformed(malformed, revision, fresh, items);
            }
            Parcel parcel = Parcel.of(work, ((PageElement.Read) element).message(), revision, fresh, items);
            return parcel.with(List.of(), List.of(), mended(element));
        }

        /** Failures of the same element from when it could not be understood: a requeue has mended them. */
        private List<Item> mended(PageElement element) {
            return work.again()
                    ? known.getOrDefault(malformedId(element, work), List.of()).stream()
                            .flatMap(revision -> revision.items().stream())
                            .filter(item -> item.state() == ItemState.RETRY)
                            .toList()
                    : List.of();
        }

        private Parcel malformed(PageElement.Malformed element, Revision revision, boolean fresh, List<Item> items) {
            Parcel parcel = Parcel.of(work, null, revision, fresh, items);
            boolean open = fresh
                    || items.stream()
                            .anyMatch(item ->
                                    item.isOf(work.page()) && !item.state().isFinal());
            Item failing =
                    parcel.item(Item.withoutMailbox(""), ItemState.FAILING, null, element.reason(), element.sentence());
            return open ? parcel.with(List.of(), List.of(failing), List.of()) : parcel;
        }
    }
}
