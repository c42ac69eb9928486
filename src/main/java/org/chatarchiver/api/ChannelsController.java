package org.chatarchiver.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.chatarchiver.channel.Closing;
import org.chatarchiver.collect.RequeueWishes;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Printable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The error channels: counted, listed, requeued, closed, reopened. */
@RestController
class ChannelsController {
    private static final int MOST_IDS = 10_000;

    private final Channels channels;
    private final Decisions decisions;
    private final RequeueWishes requeues;
    private final Closing closing;

    ChannelsController(Channels channels, Decisions decisions, RequeueWishes requeues, Closing closing) {
        this.channels = channels;
        this.decisions = decisions;
        this.requeues = requeues;
        this.closing = closing;
    }

    record ChannelView(String id, long open) {}

    record RequeueWish(List<Long> ids) {}

    /** @param reason why no more is done for them, or why something is again, for whoever comes upon them later */
    record CloseWish(List<Long> ids, String reason) {}

    /** @param closed entries; one that somebody else has closed at the same moment is not among them */
    record Closed(int closed) {}

    /** @param reopened entries; one that somebody else has opened at the same moment, or that was just delivered, is not among them */
    record Reopened(int reopened) {}

    /**
     * @param requeued entries that will be tried again; those already on their way are not among them
     * @param expired entries of polls whose window begins before what the source keeps: what it has dropped cannot be had any more. They
     *     are asked for once, for what is left, and are closed by accepting the run that brought it; null for other channels
     */
    record Requeued(
            int requeued,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer expired) {}

    @Operation(summary = "The error channels, with how many open entries each has")
    @GetMapping("/api/channels")
    Listing<ChannelView> list() {
        Map<Channel, Long> open = channels.counts();
        return new Listing<>(
                Arrays.stream(Channel.values())
                        .map(channel -> new ChannelView(channel.id(), open.get(channel)))
                        .toList(),
                null);
    }

    /** Open entries, oldest first; or those that administrators have closed. */
    @Operation(summary = "The open entries of a channel, or those closed by a decision, oldest first")
    @GetMapping("/api/channels/{channel}")
    Listing<EntryView> entries(
            @PathVariable String channel,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "false") boolean closed,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String reason) {
        int rows = Listing.rows(limit);
        Channel wanted = named(channel);
        Reason only = reason(reason);
        return Listing.of(
                closed
                        ? decisions.list(wanted, connector, only, rows, after)
                        : channels.list(wanted, connector, only, rows, after),
                limit,
                EntryView::of,
                Channels.Entry::id);
    }

    /** Without ids, all of the channel. If one id is not open in this channel, nothing is requeued. */
    @Operation(summary = "Tries entries of a channel again, those named or all")
    @PostMapping("/api/channels/{channel}/requeue")
    Requeued requeue(@PathVariable String channel, @RequestBody(required = false) RequeueWish wish, Principal who) {
        Channel wanted = named(channel);
        if (wish == null || wish.ids() == null) {
            return requeue(wanted, List.of(), who);
        }
        return requeue(wanted, open(wanted, wish.ids(), "{} for all of the channel", "requeued"), who);
    }

    /**
     * No more is done for these entries, for a reason that stays with them: what failed is failed still in the reports, and is neither
     * requeued with others nor counted as open. If one id is not open in this channel, nothing is closed.
     */
    @Operation(summary = "Closes entries of a channel by an administrator's decision")
    @PostMapping("/api/channels/{channel}/close")
    Closed close(@PathVariable String channel, @RequestBody CloseWish wish, Principal who) {
        Channel wanted = named(channel);
        String reason =
                PlainReason.of(wish.reason(), Decisions.LONGEST_REASON, "why no more is done for these entries");
        List<Long> ids =
                open(wanted, wish.ids() == null ? List.of() : wish.ids(), "one request for each part", "closed");
        return new Closed(closing.close(wanted, ids, name(who), reason));
    }

    /**
     * Takes back the decision that has closed these entries, for a reason that stays with them: they are open again, and the route of their
     * channel is told of them. If one id is not closed so in this channel, nothing is opened.
     */
    @Operation(summary = "Opens entries of a channel again that an administrator's decision has closed")
    @Refuses(status = HttpStatus.CONFLICT, when = "retention has removed the page of one of them")
    @PostMapping("/api/channels/{channel}/reopen")
    Reopened reopen(@PathVariable String channel, @RequestBody CloseWish wish, Principal who) {
        Channel wanted = named(channel);
        String reason = PlainReason.of(wish.reason(), Decisions.LONGEST_REASON, "why these entries are opened again");
        List<Long> ids = bounded(wish.ids() == null ? List.of() : wish.ids(), "one request for each part");
        List<Long> unknown = decisions.notClosed(wanted, ids);
        if (!unknown.isEmpty()) {
            throw Refusal.listing(
                    HttpStatus.NOT_FOUND,
                    "The channel " + wanted.id()
                            + " has no entries of these ids that a decision keeps closed; nothing was opened. GET /api/channels/"
                            + wanted.id() + "?closed=true lists them.",
                    "ids",
                    unknown);
        }
        List<Long> removed = decisions.removed(wanted, ids);
        if (!removed.isEmpty()) {
            throw Refusal.listing(
                    HttpStatus.CONFLICT,
                    "The pages of entries of these ids were removed by retention, so that they cannot be tried again; nothing was opened.",
                    "ids",
                    removed);
        }
        return new Reopened(closing.reopen(wanted, ids, name(who), reason));
    }

    /** @param otherwise what to give where more are meant */
    private static List<Long> bounded(List<Long> ids, String otherwise) {
        if (ids.isEmpty() || ids.size() > MOST_IDS || ids.contains(null)) {
            throw Refusal.badRequest("'ids' has " + ids.size() + " values; give 1 to " + MOST_IDS
                    + " numbers of entries, or " + otherwise + ".");
        }
        return ids;
    }

    private List<Long> open(Channel channel, List<Long> wanted, String otherwise, String done) {
        List<Long> ids = bounded(wanted, otherwise);
        List<Long> unknown = channels.notOpen(channel, ids);
        if (!unknown.isEmpty()) {
            throw Refusal.listing(
                    HttpStatus.NOT_FOUND,
                    "The channel " + channel.id() + " has no open entries of these ids; nothing was " + done
                            + ". GET /api/channels/" + channel.id() + " lists them.",
                    "ids",
                    unknown);
        }
        return ids;
    }

    private Requeued requeue(Channel channel, List<Long> ids, Principal who) {
        RequeueWishes.Requeued done = requeues.requeue(channel, ids, name(who));
        return new Requeued(done.entries(), channel == Channel.SOURCE ? done.expired() : null);
    }

    private static String name(Principal who) {
        return Objects.requireNonNull(who, "Requests without a log-in are refused before they come here")
                .getName();
    }

    /** Null for none. */
    private static Reason reason(String name) {
        return name.isEmpty()
                ? null
                : Arrays.stream(Reason.values())
                        .filter(reason -> reason.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Refusal.badRequest("The parameter reason is " + Printable.quoted(name)
                                + ", which is none; the entries of the channel name theirs, such as NO_MAPPING."));
    }

    private static Channel named(String id) {
        return Arrays.stream(Channel.values())
                .filter(channel -> channel.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("There is no channel '" + Printable.of(id) + "'; there are "
                        + Arrays.stream(Channel.values()).map(Channel::id).collect(Collectors.joining(", ")) + "."));
    }
}
