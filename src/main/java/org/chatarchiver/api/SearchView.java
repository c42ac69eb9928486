package org.chatarchiver.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chatarchiver.ledger.FoundMessage;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.search.FoundAnswer;

/**
 * What a search has found; never a message's text.
 *
 * @param lookedFor in which ways the query was understood
 * @param notLookedFor one sentence: what cannot be found by it; null where all can
 * @param items the messages, the latest first
 * @param sentence what it means that nothing was found, and what to do; null where something was
 */
public record SearchView(
        String query,
        List<String> lookedFor,
        String notLookedFor,
        List<MessageView> items,
        String next,
        String sentence) {

    /**
     * A message in one revision.
     *
     * @param sentence why it is, or is not, in the mailboxes, and what to do
     * @param messageId the source's; empty where it gave none
     * @param revision from 0
     * @param emailMessageId the Message-ID of its e-mail; null where it is in none, or that cannot be computed
     * @param folder that its e-mails go into; null where that is not known
     * @param run that met it first
     * @param position in the page, from 0
     * @param direction seen from the device that captured it first: In, Out, or empty; null where it was not recorded
     * @param path of the landed page; null where the ledger does not know that
     * @param pageSha256 of its plain bytes
     * @param pageRemoved when retention removed the page from the landing zone; null while it is there
     * @param entries of the channels, of whatever became of them
     */
    public record MessageView(
            String sentence,
            String connector,
            String messageId,
            int revision,
            String emailMessageId,
            String folder,
            String run,
            Run.State runState,
            Instant from,
            Instant to,
            int page,
            long position,
            String direction,
            String path,
            String pageSha256,
            Instant landed,
            Instant pageRemoved,
            List<CaptureView> captures,
            List<FoundItemView> items,
            List<EntryView> entries) {

        static MessageView of(FoundAnswer.Message message) {
            FoundMessage found = message.found();
            Revision revision = found.revision();
            FoundMessage.FoundRun run = found.run();
            FoundMessage.FoundPage page = found.page();
            return new MessageView(
                    message.sentence(),
                    revision.connector(),
                    revision.messageId(),
                    revision.number(),
                    message.emailMessageId(),
                    message.folder(),
                    revision.run(),
                    run == null ? null : run.state(),
                    run == null ? null : run.from(),
                    run == null ? null : run.to(),
                    revision.page(),
                    revision.position(),
                    revision.direction(),
                    page == null ? null : page.path(),
                    page == null ? null : page.sha256(),
                    page == null ? null : page.landed(),
                    page == null ? null : page.removed(),
                    CaptureView.of(found),
                    IntStream.range(0, found.items().size())
                            .mapToObj(i -> FoundItemView.of(
                                    found.items().get(i), message.items().get(i)))
                            .toList(),
                    found.entries().stream()
                            .map(entry -> EntryView.of(entry.entry()))
                            .toList());
        }
    }

    /**
     * The message as one owner's device captured it, the first one first.
     *
     * @param owner as the source gave it
     */
    public record CaptureView(String owner, String run, int page, long position) {
        static List<CaptureView> of(FoundMessage found) {
            Revision first = found.revision();
            List<CaptureView> all = new ArrayList<>(
                    List.of(new CaptureView(first.owner(), first.run(), first.page(), first.position())));
            found.captures()
                    .forEach(one -> all.add(new CaptureView(one.msisdn(), one.run(), one.page(), one.position())));
            return all;
        }
    }

    /**
     * The message for one mailbox, or a failure that has none.
     *
     * @param sentence why it is, or is not, in the mailbox, and what to do
     * @param state waiting, imported, partiallyImported, failed, or sending while it is on its way
     * @param mailbox null where there is none
     * @param participant who has no mailbox; null where there is one
     * @param rule which mapping rule named the mailbox; null where there is none
     * @param since first try; null before it
     * @param until next try, at the earliest; null where none is to come
     * @param updated when its state was last written: when it was delivered, for a delivered one
     */
    public record FoundItemView(
            String sentence,
            String state,
            String mailbox,
            String participant,
            String run,
            int page,
            String rule,
            Reason reason,
            String detail,
            int attempts,
            Instant since,
            Instant until,
            Instant updated) {

        static FoundItemView of(FoundMessage.FoundItem found, String sentence) {
            Item item = found.item();
            return new FoundItemView(
                    sentence,
                    ItemQuery.anyName(item.state()),
                    item.mailbox(),
                    item.hasMailbox() ? null : ItemTarget.participantOf(item.target()),
                    item.run(),
                    item.page(),
                    item.rule(),
                    item.reason(),
                    item.detail(),
                    item.attempts(),
                    item.firstTry(),
                    item.retryAt(),
                    found.updated());
        }
    }

    public static SearchView of(String query, FoundAnswer answer) {
        return new SearchView(
                query,
                answer.lookedFor(),
                answer.notLookedFor(),
                answer.messages().stream().map(MessageView::of).toList(),
                answer.next(),
                answer.sentence());
    }
}
