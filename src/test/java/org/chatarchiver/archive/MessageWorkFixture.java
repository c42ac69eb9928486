package org.chatarchiver.archive;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.CaptureKey;
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
        Message message = message(owner, to, attachments);
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
        Revision revision = Revision.of("wechat", "1", "d".repeat(64), 0, page, 0, "", "", "");
        Captured captured = new Captured(new CaptureKey(revision.id(), ""), null, true, message);
        return MessageWork.of(new PageWork(page, run, WECHAT, false, false), message, revision, true, List.of())
                .with(new Captures(List.of(captured), List.of(), page.sha256()));
    }

    private static Message message(Party owner, List<Party> to, List<Attachment> attachments) {
        return new Message(
                "1",
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
