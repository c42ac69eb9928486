package org.chatarchiver.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Body;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.message.ContentDigest;
import org.chatarchiver.message.Message;
import org.chatarchiver.telemessage.PageElement;
import org.springframework.stereotype.Component;

/**
 * Reads each message of a chunk, with what the ledger knows of it: which revision it is, whose devices captured it, and
 * what has become of its items. What stands in the chunk several times with the same content is one, each owner in it once.
 */
@Component("deduplication")
public class Deduplication {
    private static final String NO_CONTENT = "0".repeat(64);

    private final Items items;
    private final Mapper mapper;
    private final KnownMailboxes mailboxes;

    Deduplication(Items items, Mapper mapper, KnownMailboxes mailboxes) {
        this.items = items;
        this.mapper = mapper;
        this.mailboxes = mailboxes;
    }

    public List<KnownMessage> messages(@Body WorkChunk chunk) {
        PageWork work = chunk.work();
        mailboxes.atWork(chunk);
        Set<String> ids = new LinkedHashSet<>();
        for (PageElement element : chunk.chunk().elements()) {
            ids.add(sourceId(element, work));
            if (work.again()) {
                ids.add(malformedId(element, work));
            }
        }
        Revisions revisions = new Revisions(work, items.recall(work.connector().id(), ids));
        chunk.chunk().elements().forEach(revisions::add);
        return revisions.messages();
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
    private final class Revisions {
        private final PageWork work;
        private final Map<String, List<Items.Known>> known = new HashMap<>();
        private final Map<UUID, RevisionReading> readings = new LinkedHashMap<>();

        Revisions(PageWork work, Map<String, List<Items.Known>> recalled) {
            this.work = work;
            recalled.forEach((id, revisions) -> known.put(id, new ArrayList<>(revisions)));
        }

        void add(PageElement element) {
            RevisionReading reading = reading(element);
            if (element instanceof PageElement.Read read) {
                reading.add(read, mended(element));
            } else {
                reading.add((PageElement.Malformed) element);
            }
        }

        private RevisionReading reading(PageElement element) {
            String id = sourceId(element, work);
            String digest = element instanceof PageElement.Read read ? ContentDigest.of(read.message()) : NO_CONTENT;
            List<Items.Known> revisions = known.computeIfAbsent(id, unknown -> new ArrayList<>());
            for (Items.Known revision : revisions) {
                if (revision.revision().digest().equals(digest)) {
                    return readings.computeIfAbsent(
                            revision.revision().id(), met -> new RevisionReading(work, mapper, revision, false));
                }
            }
            Items.Known fresh = new Items.Known(
                    fresh(element, id, digest, revisions.size()), work.page().sha256(), List.of(), List.of());
            revisions.add(fresh);
            RevisionReading reading = new RevisionReading(work, mapper, fresh, true);
            readings.put(fresh.revision().id(), reading);
            return reading;
        }

        private Revision fresh(PageElement element, String id, String digest, int number) {
            String connector = work.connector().id();
            if (element instanceof PageElement.Read read) {
                Message message = read.message();
                return Revision.of(
                        connector,
                        id,
                        digest,
                        number,
                        work.page(),
                        element.position(),
                        message.msisdn(),
                        mapper.ownerKey(message),
                        message.direction() == null ? "" : message.direction().word());
            }
            String owner = ((PageElement.Malformed) element).owner();
            return Revision.of(
                    connector, id, digest, number, work.page(), element.position(), owner, mapper.ownerKey(owner), "");
        }

        List<KnownMessage> messages() {
            return readings.values().stream().map(RevisionReading::message).toList();
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
    }
}
