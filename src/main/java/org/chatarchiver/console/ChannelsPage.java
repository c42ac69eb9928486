package org.chatarchiver.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.api.EntryView;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Conditions;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.Reason;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The error channels with what is open in each, and the entries of one. */
@Controller
class ChannelsPage implements Section {
    static final String PATH = "/console/channels";

    private static final int LISTED = 50;
    private static final Map<Channel, String> MEANINGS = Map.of(
            Channel.SOURCE, "A poll of TeleMessage failed: its window has not landed.",
            Channel.MALFORMED, "An element of a page that cannot be understood.",
            Channel.UNMAPPED, "An owner, or a participant of the mapping file, has no mailbox.",
            Channel.OVERSIZE, "The text alone, or the finished e-mail, is over its limit.",
            Channel.UNDELIVERABLE, "Exchange has refused it for good, or it was tried for too long.");

    private final Channels channels;
    private final Decisions decisions;
    private final Conditions conditions;
    private final Clock clock;

    ChannelsPage(Channels channels, Decisions decisions, Conditions conditions, Clock clock) {
        this.channels = channels;
        this.decisions = decisions;
        this.conditions = conditions;
        this.clock = clock;
    }

    @Override
    public String title() {
        return "Channels";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int place() {
        return 2;
    }

    /** @param kinds of its open entries */
    record Row(String id, String meaning, long open, List<Conditions.Entries> kinds) {}

    @GetMapping(PATH)
    String page(Model model) {
        Map<Channel, Long> open = channels.counts();
        List<Conditions.Entries> kinds = kinds();
        model.addAttribute(
                "channels",
                Arrays.stream(Channel.values())
                        .map(channel -> new Row(
                                channel.id(),
                                MEANINGS.get(channel),
                                open.get(channel),
                                kinds.stream()
                                        .filter(kind -> kind.channel() == channel)
                                        .toList()))
                        .toList());
        return "console/channels";
    }

    /**
     * @param after the id of an entry, behind which the list goes on
     * @param closed whether those are shown that administrators have closed, instead of the open ones
     */
    @GetMapping(PATH + "/{channel}")
    String entries(
            @PathVariable String channel,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "false") boolean closed,
            Model model) {
        Channel shown = named(channel);
        Reason only = reason(reason);
        List<Channels.Entry> rows = closed
                ? decisions.list(shown, connector, only, LISTED + 1, after)
                : channels.list(shown, connector, only, LISTED + 1, after);
        List<EntryView> entries = rows.stream().limit(LISTED).map(EntryView::of).toList();
        List<Conditions.Entries> kinds =
                kinds().stream().filter(kind -> kind.channel() == shown).toList();
        model.addAttribute("channel", shown.id());
        model.addAttribute("meaning", MEANINGS.get(shown));
        model.addAttribute("entries", entries);
        model.addAttribute(
                "next", rows.size() > LISTED ? entries.get(LISTED - 1).id() : null);
        model.addAttribute("first", after == 0);
        model.addAttribute("closed", closed);
        model.addAttribute("open", channels.counts().get(shown));
        model.addAttribute("chosen", chosen(kinds, connector, only));
        model.addAttribute("connector", connector);
        model.addAttribute("reason", only == null ? "" : only.name());
        model.addAttribute(
                "connectors",
                kinds.stream()
                        .map(Conditions.Entries::connector)
                        .distinct()
                        .sorted()
                        .toList());
        model.addAttribute(
                "reasons",
                kinds.stream()
                        .map(kind -> kind.reason().name())
                        .distinct()
                        .sorted()
                        .toList());
        model.addAttribute("longestReason", Decisions.LONGEST_REASON);
        return "console/channel";
    }

    /** Of the open entries of a channel those that the filter lets through. */
    private static long chosen(List<Conditions.Entries> kinds, String connector, Reason reason) {
        return kinds.stream()
                .filter(kind -> connector.isEmpty() || kind.connector().equals(connector))
                .filter(kind -> reason == null || kind.reason() == reason)
                .mapToLong(Conditions.Entries::number)
                .sum();
    }

    /** Open entries of all channels. */
    List<Conditions.Entries> kinds() {
        return conditions.opened(Instant.EPOCH, clock.instant().plus(Duration.ofDays(1)));
    }

    static Channel named(String id) {
        return Arrays.stream(Channel.values())
                .filter(channel -> channel.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such channel."));
    }

    /** Null for none. */
    static Reason reason(String name) {
        return Optional.of(name)
                .filter(given -> !given.isEmpty())
                .map(given -> Arrays.stream(Reason.values())
                        .filter(reason -> reason.name().equals(given))
                        .findFirst()
                        .orElseThrow(() -> new ResponseStatusException(
                                HttpStatus.BAD_REQUEST, "There is no such reason; choose one of the list.")))
                .orElse(null);
    }
}
