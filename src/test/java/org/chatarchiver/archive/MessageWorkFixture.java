package org.chatarchiver.archive;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.CaptureKey;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;

/** A message of a page that is met for the first time. */
final class MessageWorkFixture {
    private static final Connector WECHAT =
            new Connector("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", "0 15 2 * * ?", "ops", "", true);

    private MessageWorkFixture() {}

    static MessageWork of(Clock clock, Party owner, List<Party> to, List<Attachment> attachments) {
        Instant now = clock.instant();
        Run run = new Run(
                "run",
                "wechat",
                Run.Cause.MANUAL,
                false,
                now,
                now,
                Run.State.RUNNING,
                now,
                null,
                null,
                null,
                null,
                null,
                1,
                null,
                null,
                null);
        Page page = new Page("run", 1, "wechat/2026/11/20/run/00001.json.gz", "a".repeat(64), 1, 1, now);
        return fresh(new PageWork(page, run, WECHAT, false, false), message("1", owner, to, attachments));
    }

    /** A text of that page for these mailboxes, marshalled. */
    static MessageWork of(PageWork work, String id, String... mailboxes) {
        MessageWork fresh = fresh(work, message(id, Party.of("+447700900123"), List.of(), List.of()));
        return fresh.with(
                        Arrays.stream(mailboxes)
                                .map(mailbox -> fresh.item(mailbox, ItemState.SENDING, null, null, null))
                                .toList(),
                        List.of(),
                        List.of())
                .with(new byte[] {'x'});
    }

    /** The same once the ledger knows it, read in that page, with these of its items to be sent. */
    static MessageWork known(PageWork work, MessageWork before, List<Item> known, List<Item> send) {
        return MessageWork.of(work, before.message(), before.revision(), false, known)
                .with(before.captures())
                .with(send, List.of(), List.of())
                .with(new byte[] {'x'});
    }

    private static MessageWork fresh(PageWork work, Message message) {
        Page page = work.page();
        Revision revision = Revision.of("wechat", message.id(), "d".repeat(64), 0, page, 0, "", "", "");
        Captured captured = new Captured(new CaptureKey(revision.id(), ""), null, true, message);
        return MessageWork.of(work, message, revision, true, List.of())
                .with(new Captures(List.of(captured), List.of(), page.sha256()));
    }

    private static Message message(String id, Party owner, List<Party> to, List<Attachment> attachments) {
        return new Message(
                id,
                Kind.CHAT,
                "",
                Instant.parse("2026-11-20T12:00:00Z"),
                "",
                Direction.OUT,
                owner.value(),
                owner,
                to,
                null,
                "",
                "text",
                "",
                "",
                List.of(),
                attachments);
    }
}
