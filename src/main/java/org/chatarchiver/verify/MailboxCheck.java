package org.chatarchiver.verify;

import static org.chatarchiver.ledger.DifferenceKind.DOUBLED;
import static org.chatarchiver.ledger.DifferenceKind.MISSING;
import static org.chatarchiver.ledger.DifferenceKind.MOVED_OR_DELETED;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.DifferenceKind;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.Evidence.Delivered;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.mime.MessageIds;
import org.chatarchiver.msexchange.transport.Found;
import org.springframework.stereotype.Component;

/** Looks for what was delivered in its mailbox and folder, by Message-ID: for what was not met there when the folder was read through. */
@Component("mailboxCheck")
public class MailboxCheck {
    /** The variable that holds the {@link ItemSearch} while the destination is asked. */
    public static final String LOOKUP = "lookup";

    private static final int ITEMS_AT_ONCE = 5_000;
    private static final int IDS_AT_ONCE = 256;
    private final Evidence evidence;
    private final Verifications verifications;
    private final MessageIds ids;

    MailboxCheck(Evidence evidence, Verifications verifications, ChatMime mime) {
        this.evidence = evidence;
        this.verifications = verifications;
        this.ids = mime.ids();
    }

    /** What there is to look for of a page, mailbox by mailbox. */
    public Iterator<ItemSearch> searches(@Body KeptPage kept) {
        return Stream.iterate(
                        part(kept.page(), null),
                        part -> !part.isEmpty(),
                        part -> part(kept.page(), part.get(part.size() - 1)))
                .flatMap(part -> searches(kept, part).stream())
                .iterator();
    }

    private List<Delivered> part(Page page, Delivered after) {
        return evidence.delivered(page, after, ITEMS_AT_ONCE);
    }

    private List<ItemSearch> searches(KeptPage kept, List<Delivered> part) {
        Map<String, Map<String, Delivered>> byMailbox = new LinkedHashMap<>();
        Verification verification = kept.verification();
        int nameless = 0;
        int seen = 0;
        for (Delivered item : part) {
            if (!isWhole(item.sourceId())) {
                nameless++;
                continue;
            }
            String id = messageId(ids, verification, item);
            if (verification.items().isSeen(verification.key(item.mailbox(), id))) {
                seen++;
            } else {
                byMailbox
                        .computeIfAbsent(item.mailbox(), none -> new LinkedHashMap<>())
                        .put(id, item);
            }
        }
        verification.itemsDone(seen, true);
        verification.itemsDone(nameless, false);
        return byMailbox.entrySet().stream()
                .flatMap(mailbox -> parts(mailbox.getValue()).stream()
                        .map(items -> new ItemSearch(kept.verification(), kept.page(), mailbox.getKey(), items)))
                .toList();
    }

    private static List<Map<String, Delivered>> parts(Map<String, Delivered> items) {
        Map<Integer, Map<String, Delivered>> parts = new LinkedHashMap<>();
        int[] number = {0};
        items.forEach((id, item) -> parts.computeIfAbsent(number[0]++ / IDS_AT_ONCE, none -> new LinkedHashMap<>())
                .put(id, item));
        return List.copyOf(parts.values());
    }

    /** The ledger keeps only a digest of a very long one, and cannot keep some characters: what is computed from that would be wrong. */
    static boolean isWhole(String sourceId) {
        return sourceId.length() < LONGEST_ID && sourceId.indexOf('\uFFFD') < 0;
    }

    private static final int LONGEST_ID = 1_000;

    static String messageId(MessageIds ids, Verification verification, Delivered item) {
        return ids.messageId(verification.run().connector(), item.sourceId(), item.revision());
    }

    /** Takes the destination's answer. */
    public ItemSearch answered(@Body Found answer, @Variable(LOOKUP) ItemSearch search) {
        search.verification().goOn();
        if (answer instanceof Found.Unclear unclear) {
            search.unclear(unclear.fault(), unclear.delay(), unclear.detail());
        } else {
            Found.Answered found = (Found.Answered) answer;
            Set<String> there = found.uids().keySet();
            search.answered();
            search.items().forEach((id, item) -> {
                if (!there.contains(id)) {
                    search.verification().found(missing(search, id, item));
                } else if (found.doubled().contains(id)) {
                    search.verification().found(doubled(search, id, item));
                }
            });
        }
        return search;
    }

    /** Its last step. */
    public void done(@Body ItemSearch search) {
        search.verification().itemsDone(search.items().size(), search.isAnswered());
    }

    private static Difference doubled(ItemSearch search, String id, Delivered item) {
        return new Difference(
                DOUBLED,
                search.page().run(),
                search.page().number(),
                item.position(),
                search.mailbox(),
                id,
                FolderCheck.doubled(search.verification()));
    }

    private Difference missing(ItemSearch search, String id, Delivered item) {
        Page page = search.page();
        boolean wasThere =
                item.confirmed() || verifications.hasSeen(page.run(), search.mailbox(), id, item.delivered());
        DifferenceKind kind = wasThere ? MOVED_OR_DELETED : MISSING;
        String folder = FolderCheck.folder(search.verification());
        return new Difference(
                kind,
                page.run(),
                page.number(),
                item.position(),
                search.mailbox(),
                id,
                wasThere
                        ? "The e-mail was in " + folder
                                + " and is not there now: somebody, or a retention policy of the"
                                + " destination, has moved or deleted it. Search the mailbox for its Message-ID; a replay of"
                                + " the run delivers it again"
                        : "The e-mail counts as delivered, is not in " + folder
                                + ", and nothing tells that it ever was." + " A replay of the run delivers it again");
    }
}
