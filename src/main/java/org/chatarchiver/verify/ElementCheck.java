package org.chatarchiver.verify;

import static org.chatarchiver.ledger.DifferenceKind.ELEMENT_UNACCOUNTED;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.Evidence.Known;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.mapping.Mapper;
import org.chatarchiver.message.ContentDigest;
import org.chatarchiver.telemessage.PageElement;
import org.springframework.stereotype.Component;

/**
 * Whether each element of a page is accounted for: it has a row of its own, as the first or a further capture of a message that has come
 * to items, or it is the same capture of the same content that the run has met elsewhere.
 */
@Component
class ElementCheck {
    /** As the ledger has it of what could not be understood. */
    private static final String NO_CONTENT = "0".repeat(64);

    private final Evidence evidence;
    private final Mapper mapper;

    ElementCheck(Evidence evidence, Mapper mapper) {
        this.evidence = evidence;
        this.mapper = mapper;
    }

    /** @param elements some neighbouring ones of the page */
    void check(KeptPage kept, List<PageElement> elements) {
        Page page = kept.page();
        Set<String> ids = new LinkedHashSet<>();
        elements.forEach(element -> ids.addAll(sourceIds(element, page)));
        Map<String, List<Known>> known =
                evidence.known(kept.verification().run().connector(), page.run(), ids);
        for (PageElement element : elements) {
            List<Known> revisions = sourceIds(element, page).stream()
                    .flatMap(id -> known.getOrDefault(id, List.of()).stream())
                    .filter(Known::counted)
                    .toList();
            if (revisions.stream().noneMatch(isAt(page, element.position()))
                    && revisions.stream().noneMatch(isMetElsewhere(element, page))) {
                kept.verification().found(difference(element, page));
            }
        }
    }

    private static Difference difference(PageElement element, Page page) {
        String id = messageId(element);
        return new Difference(
                ELEMENT_UNACCOUNTED,
                page.run(),
                page.number(),
                element.position(),
                null,
                id.isEmpty() ? null : Revision.storable(id),
                "The message at position " + element.position() + " of " + page.path()
                        + " has come to nothing that the ledger knows of: rows were removed past the archiver;"
                        + " compare with a backup of the ledger. The page has the message as it came");
    }

    /** Understood, and as it is noted where it was not: another version, or other limits, may have read it otherwise. */
    private static List<String> sourceIds(PageElement element, Page page) {
        String id = messageId(element);
        return id.isEmpty()
                ? List.of(Revision.malformed(page.sha256() + "#" + element.position()))
                : List.of(Revision.storable(id), Revision.malformed(id));
    }

    private static String messageId(PageElement element) {
        return element instanceof PageElement.Read read
                ? read.message().id()
                : ((PageElement.Malformed) element).messageId();
    }

    private static Predicate<Known> isAt(Page page, long position) {
        return known -> known.run().equals(page.run()) && known.page() == page.number() && known.position() == position
                || known.captures().stream().anyMatch(capture -> capture.isOf(page) && capture.position() == position);
    }

    private Predicate<Known> isMetElsewhere(PageElement element, Page page) {
        String digest = element instanceof PageElement.Read read ? ContentDigest.of(read.message()) : NO_CONTENT;
        return known -> known.digest().equals(digest)
                && (known.again() || runs(known).anyMatch(page.run()::equals))
                && isOneOf(owner(element), msisdn(element), known);
    }

    private static Stream<String> runs(Known known) {
        return Stream.concat(Stream.of(known.run()), known.captures().stream().map(capture -> capture.run()));
    }

    /** By how owners are compared, or as the source gave them: the one may have changed with a setting since. */
    private static boolean isOneOf(String key, String msisdn, Known known) {
        return known.ownerKey() == null
                || known.ownerKey().equals(key)
                || known.owner().equals(msisdn)
                || known.captures().stream()
                        .anyMatch(capture ->
                                capture.owner().equals(key) || capture.msisdn().equals(msisdn));
    }

    private String owner(PageElement element) {
        return Revision.ownerKey(
                element instanceof PageElement.Read read
                        ? mapper.ownerKey(read.message())
                        : mapper.ownerKey(msisdn(element)));
    }

    private static String msisdn(PageElement element) {
        return element instanceof PageElement.Read read
                ? read.message().msisdn()
                : ((PageElement.Malformed) element).owner();
    }
}
