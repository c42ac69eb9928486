package org.chatarchiver.verify;

import static org.chatarchiver.ledger.DifferenceKind.MAILBOX_UNREACHABLE;
import static org.chatarchiver.ledger.DifferenceKind.MISSING;
import static org.chatarchiver.ledger.DifferenceKind.MOVED_OR_DELETED;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.chatarchiver.delivery.FaultReasons;
import org.chatarchiver.ledger.Difference;
import org.chatarchiver.ledger.DifferenceKind;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.Evidence.Delivered;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.message.Printable;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.mime.MessageIds;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.springframework.stereotype.Component;

/** Looks for what was delivered in its mailbox and folder, by Message-ID. */
@Component("mailboxCheck")
public class MailboxCheck {
    /** The variable that holds the {@link ItemSearch} while the destination is asked. */
    public static final String LOOKUP = "lookup";

    private static final int ITEMS_AT_ONCE = 5_000;
    private static final int IDS_AT_ONCE = 256;
    private static final int TRIES = 4;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Others say of the mailbox what they will say in some seconds, too. */
    private static final Set<Fault> PASSING = EnumSet.of(Fault.THROTTLED, Fault.UNAVAILABLE, Fault.LOST, Fault.BUSY);

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
        int nameless = 0;
        for (Delivered item : part) {
            if (isWhole(item.sourceId())) {
                byMailbox
                        .computeIfAbsent(item.mailbox(), none -> new LinkedHashMap<>())
                        .put(messageId(kept.verification(), item), item);
            } else {
                nameless++;
            }
        }
        if (nameless > 0) {
            kept.verification().itemsDone(nameless, false);
        }
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
    private static boolean isWhole(String sourceId) {
        return sourceId.length() < LONGEST_ID && sourceId.indexOf('\uFFFD') < 0;
    }

    private static final int LONGEST_ID = 1_000;

    private String messageId(Verification verification, Delivered item) {
        return ids.messageId(verification.run().connector(), item.sourceId(), item.revision());
    }

    /** Takes the destination's answer. */
    public ItemSearch answered(@Body Found answer, @Variable(LOOKUP) ItemSearch search) {
        search.verification().goOn();
        if (answer instanceof Found.Unclear unclear) {
            unclear(unclear, search);
        } else {
            Set<String> there = ((Found.Answered) answer).uids().keySet();
            search.answered();
            search.items().forEach((id, item) -> {
                if (!there.contains(id)) {
                    search.verification().found(missing(search, id, item));
                }
            });
        }
        return search;
    }

    /** Its last step. */
    public void done(@Body ItemSearch search) {
        search.verification().itemsDone(search.items().size(), search.isAnswered());
    }

    private static void unclear(Found.Unclear answer, ItemSearch search) {
        Duration later = answer.delay().compareTo(SHORTEST) < 0 ? SHORTEST : answer.delay();
        if (search.again(later) < TRIES && PASSING.contains(answer.fault()) && later.compareTo(LONGEST) <= 0) {
            return;
        }
        search.verification().unreachable(search.mailbox());
        search.verification()
                .found(new Difference(
                        MAILBOX_UNREACHABLE,
                        search.page().run(),
                        null,
                        null,
                        search.mailbox(),
                        null,
                        "The mailbox could not be searched (" + FaultReasons.reason(answer.fault())
                                + "), so that nothing is said of its e-mails; mend that, and verify again. The answer was: "
                                + Printable.of(Objects.requireNonNullElse(answer.detail(), ""))));
    }

    private Difference missing(ItemSearch search, String id, Delivered item) {
        Page page = search.page();
        boolean wasThere =
                item.confirmed() || verifications.hasSeen(page.run(), search.mailbox(), id, item.delivered());
        DifferenceKind kind = wasThere ? MOVED_OR_DELETED : MISSING;
        String folder = "the folder " + Printable.quoted(search.verification().folder());
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
