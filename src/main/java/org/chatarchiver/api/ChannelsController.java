package org.chatarchiver.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.chatarchiver.collect.AskingAgain;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.message.Printable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The error channels: counted, listed, requeued. */
@RestController
class ChannelsController {
    private static final int MOST_IDS = 10_000;

    private final Channels channels;
    private final AskingAgain askingAgain;

    ChannelsController(Channels channels, AskingAgain askingAgain) {
        this.channels = channels;
        this.askingAgain = askingAgain;
    }

    record ChannelView(String id, long open) {}

    record RequeueWish(List<Long> ids) {}

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

    /** Open entries, oldest first. */
    @Operation(summary = "The open entries of a channel, oldest first")
    @GetMapping("/api/channels/{channel}")
    Listing<EntryView> entries(
            @PathVariable String channel,
            @RequestParam(defaultValue = "100") @Limit int limit,
            @RequestParam(defaultValue = "0") long after) {
        return Listing.of(
                channels.list(named(channel), Listing.rows(limit), after), limit, EntryView::of, Channels.Entry::id);
    }

    /** Without ids, all of the channel. If one id is not open in this channel, nothing is requeued. */
    @Operation(summary = "Tries entries of a channel again, those named or all")
    @PostMapping("/api/channels/{channel}/requeue")
    Requeued requeue(@PathVariable String channel, @RequestBody(required = false) RequeueWish wish, Principal who) {
        Channel wanted = named(channel);
        if (wish == null || wish.ids() == null) {
            return requeue(wanted, List.of(), who);
        }
        List<Long> ids = wish.ids();
        if (ids.isEmpty() || ids.size() > MOST_IDS || ids.contains(null)) {
            throw Refusal.badRequest("'ids' has " + ids.size() + " values; give 1 to " + MOST_IDS
                    + " numbers of entries, or {} for all of the channel.");
        }
        List<Long> unknown = channels.notOpen(wanted, ids);
        if (!unknown.isEmpty()) {
            throw Refusal.listing(
                    HttpStatus.NOT_FOUND,
                    "The channel " + wanted.id()
                            + " has no open entries of these ids; nothing was requeued. GET /api/channels/"
                            + wanted.id() + " lists them.",
                    "ids",
                    unknown);
        }
        return requeue(wanted, ids, who);
    }

    private Requeued requeue(Channel channel, List<Long> ids, Principal who) {
        int requeued = channels.requeue(channel, ids, name(who));
        if (channel != Channel.SOURCE) {
            return new Requeued(requeued, null);
        }
        AskingAgain.Expired expired = askingAgain.expired(ids);
        askingAgain.ask();
        return new Requeued(requeued - expired.givenUp(), expired.entries());
    }

    private static String name(Principal who) {
        return Objects.requireNonNull(who, "Requests without a log-in are refused before they come here")
                .getName();
    }

    private static Channel named(String id) {
        return Arrays.stream(Channel.values())
                .filter(channel -> channel.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("There is no channel '" + Printable.of(id) + "'; there are "
                        + Arrays.stream(Channel.values()).map(Channel::id).collect(Collectors.joining(", ")) + "."));
    }
}
