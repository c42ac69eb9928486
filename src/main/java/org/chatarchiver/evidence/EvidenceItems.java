package org.chatarchiver.evidence;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chatarchiver.ledger.Evidence.KeptPage;
import org.chatarchiver.ledger.EvidenceRows;
import org.chatarchiver.ledger.EvidenceRows.Row;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.message.Csv;
import org.chatarchiver.mime.ChatMime;
import org.chatarchiver.mime.MessageIds;
import org.springframework.stereotype.Component;

/** The items of a run, a line each. */
@Component
class EvidenceItems {
    private static final int AT_ONCE = 1_000;

    private final EvidenceRows rows;
    private final MessageIds ids;

    EvidenceItems(EvidenceRows rows, ChatMime mime) {
        this.rows = rows;
        this.ids = mime.ids();
    }

    static String header() {
        return Csv.line(
                "run",
                "page",
                "position",
                "connector",
                "messageId",
                "revision",
                "capturedBy",
                "mailbox",
                "withoutMailbox",
                "emailMessageId",
                "time",
                "state",
                "reason",
                "rule");
    }

    /** @return how many lines there are of each state */
    Map<String, Long> write(List<KeptPage> pages, Writer lines) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (KeptPage kept : pages) {
            Row after = null;
            List<Row> part;
            do {
                part = rows.items(kept.page().run(), kept.page().number(), after, AT_ONCE);
                for (Row row : part) {
                    counts.merge(state(row.state()), 1L, Long::sum);
                    lines.write(line(row));
                    after = row;
                }
            } while (part.size() == AT_ONCE);
        }
        return counts;
    }

    private String line(Row row) {
        return Csv.line(
                row.run(),
                row.page(),
                row.position(),
                row.connector(),
                row.messageId(),
                row.revision(),
                row.capturedBy(),
                row.mailbox(),
                row.participant(),
                hasEmail(row) ? ids.messageId(row.connector(), row.messageId(), row.revised()) : null,
                row.at(),
                state(row.state()),
                row.reason(),
                row.rule());
    }

    /** Of what is, or is to be, in a mailbox; not where the ledger does not know the message id as it was. */
    private static boolean hasEmail(Row row) {
        return row.mailbox() != null && row.state() != ItemState.FAILED && !row.malformed() && row.whole();
    }

    /** As reports call it. */
    static String state(ItemState state) {
        return switch (state) {
            case IMPORTED -> "imported";
            case PARTIAL -> "partiallyImported";
            case FAILED -> "failed";
            case RETRY -> "waiting";
            default -> "pending";
        };
    }
}
