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
import org.chatarchiver.mapping.Mappings;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.chatarchiver.msexchange.transport.Fence;

/** Messages of a page, in each of their stages. */
final class MessageFixture {
    private static final Connector WECHAT =
            new Connector("wechat", "WeChat Archiver", "WECHAT", "WeChat Archiver", "0 15 2 * * ?", "ops", "", true);

    private MessageFixture() {}

    /** Met for the first time. */
    static KnownMessage known(Clock clock, Party owner, List<Party> to, List<Attachment> attachments) {
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
        return fresh(
                new PageWork(page, run, WECHAT, new Mappings.Current.None(), WECHAT.folder(), false, false, Fence.OPEN),
                message("1", owner, to, attachments));
    }

    /** A text of that page that is met for the first time. */
    static KnownMessage known(PageWork work, String id) {
        return fresh(work, message(id, Party.of("+447700900123"), List.of(), List.of()));
    }

    /** The same once the ledger has these items of it, read in that page. */
    static KnownMessage known(PageWork work, KnownMessage before, List<Item> items) {
        return new KnownMessage(work, before.revision(), false, before.captures(), items, List.of(), List.of());
    }

    /** A text of that page for these mailboxes. */
    static MappedMessage mapped(PageWork work, String id, String... mailboxes) {
        return mapped(known(work, id), mailboxes);
    }

    static MappedMessage mapped(KnownMessage known, String... mailboxes) {
        return mapped(
                known,
                Arrays.stream(mailboxes)
                        .map(mailbox -> known.item(mailbox, ItemState.SENDING, null, null, null))
                        .toList());
    }

    static MappedMessage mapped(KnownMessage known, List<Item> send) {
        return new MappedMessage(known, new MappedItems(send, List.of(), List.of(), List.of(), List.of()));
    }

    /** A text of that page for these mailboxes. */
    static MarshalledMessage marshalled(PageWork work, String id, String... mailboxes) {
        return marshalled(mapped(work, id, mailboxes));
    }

    static MarshalledMessage marshalled(MappedMessage mapped) {
        return new MarshalledMessage(new FittedMessage(mapped, mapped.message()), new byte[] {'x'});
    }

    private static KnownMessage fresh(PageWork work, Message message) {
        Page page = work.page();
        Revision revision = Revision.of("wechat", message.id(), "d".repeat(64), 0, page, 0, "", "", "");
        Captured captured = new Captured(new CaptureKey(revision.id(), ""), null, true, message);
        Captures captures = new Captures(List.of(captured), List.of(), page.sha256());
        return new KnownMessage(work, revision, true, captures, List.of(), List.of(), List.of());
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
