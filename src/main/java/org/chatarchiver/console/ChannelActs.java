package org.chatarchiver.console;

import java.security.Principal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.chatarchiver.api.PlainReason;
import org.chatarchiver.channel.Closing;
import org.chatarchiver.collect.RequeueWishes;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
import org.chatarchiver.ledger.Reason;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What administrators do with entries of a channel. Each ends at the channel's page, with a sentence that says what came of it. */
@Controller
class ChannelActs {
    private static final String NOTICE = "notice";
    private static final String PROBLEM = "problem";

    private final Channels channels;
    private final RequeueWishes requeues;
    private final Closing closing;
    private final Words words;

    /**
     * Which entries the page shows, so that it shows the same ones again: somebody who ticks one after the other must not come upon others.
     *
     * @param connector null or empty for all; so is {@code reason}
     * @param closed whether those are shown that administrators have closed; null for not
     */
    record Filter(String connector, String reason, Boolean closed) {
        Filter {
            connector = connector == null ? "" : connector;
            reason = reason == null ? "" : reason;
            closed = Boolean.TRUE.equals(closed);
        }

        /** Puts it into the address of the page that is shown next. @return the reason, null for all */
        Reason keep(RedirectAttributes told) {
            Reason only = ChannelsPage.reason(reason);
            put(told, "connector", connector);
            put(told, "reason", reason);
            put(told, "closed", closed ? "true" : "");
            return only;
        }

        private static void put(RedirectAttributes told, String name, String value) {
            if (!value.isEmpty()) {
                told.addAttribute(name, value);
            }
        }
    }

    ChannelActs(Channels channels, RequeueWishes requeues, Closing closing, Words words) {
        this.channels = channels;
        this.requeues = requeues;
        this.closing = closing;
        this.words = words;
    }

    /** One, or those that are ticked. */
    @PostMapping(ChannelsPage.PATH + "/{channel}/requeue")
    String requeue(
            @PathVariable String channel,
            @RequestParam(required = false) List<Long> ids,
            Filter filter,
            Principal administrator,
            RedirectAttributes told) {
        Channel wanted = ChannelsPage.named(channel);
        filter.keep(told);
        if (isTicked(ids, "that are to be tried again", told)) {
            requeue(wanted, ids, ids.size(), administrator, told);
        }
        return back(wanted);
    }

    /** All that the filter lets through. */
    @PostMapping(ChannelsPage.PATH + "/{channel}/requeue-all")
    String requeueAll(@PathVariable String channel, Filter filter, Principal administrator, RedirectAttributes told) {
        Channel wanted = ChannelsPage.named(channel);
        Reason reason = filter.keep(told);
        boolean all = filter.connector().isEmpty() && reason == null;
        List<Long> ids = all ? List.of() : channels.ids(wanted, filter.connector(), reason);
        long meant = all ? channels.counts().get(wanted) : ids.size();
        if (meant == 0) {
            told.addFlashAttribute(NOTICE, "There is no open entry, so nothing was requeued.");
        } else {
            requeue(wanted, ids, meant, administrator, told);
        }
        return back(wanted);
    }

    private void requeue(
            Channel channel, List<Long> ids, long meant, Principal administrator, RedirectAttributes told) {
        RequeueWishes.Requeued done = requeues.requeue(channel, ids, administrator.getName());
        long others = Math.max(0, meant - done.entries() - (channel == Channel.SOURCE ? done.expired() : 0));
        told.addFlashAttribute(
                NOTICE,
                words.count(done.entries(), channel == Channel.SOURCE ? "window" : "item")
                        + (done.entries() == 1 ? " is" : " are") + " tried again"
                        + (channel == Channel.SOURCE ? ", each once no other run of its connector polls" : "")
                        + "; an entry leaves the channel when that has come off."
                        + (others == 0
                                ? ""
                                : (others == 1
                                                ? " 1 further entry was"
                                                : " " + words.number(others) + " further entries were")
                                        + " on the way already, or closed meanwhile.")
                        + (done.expired() == 0
                                ? ""
                                : " Of " + words.count(done.expired(), "window")
                                        + " TeleMessage no longer keeps the beginning: accept the run that brings the rest."));
    }

    @PostMapping(ChannelsPage.PATH + "/{channel}/close")
    String close(
            @PathVariable String channel,
            @RequestParam(required = false) List<Long> ids,
            @RequestParam(defaultValue = "") String why,
            Filter filter,
            Principal administrator,
            RedirectAttributes told) {
        Channel wanted = ChannelsPage.named(channel);
        filter.keep(told);
        if (isTicked(ids, "that no more is to be done for", told)) {
            decide(why, "why no more is done for these entries", told, reason -> {
                int closed = closing.close(wanted, ids, administrator.getName(), reason);
                return entries(closed) + " closed. Who, when and why stays in the ledger and in the report of the run."
                        + (closed == ids.size() ? "" : " The others were closed already, or delivered.");
            });
        }
        return back(wanted);
    }

    @PostMapping(ChannelsPage.PATH + "/{channel}/reopen")
    String reopen(
            @PathVariable String channel,
            @RequestParam(required = false) List<Long> ids,
            @RequestParam(defaultValue = "") String why,
            Filter filter,
            Principal administrator,
            RedirectAttributes told) {
        Channel wanted = ChannelsPage.named(channel);
        filter.keep(told);
        if (isTicked(ids, "that are to be opened again", told)) {
            decide(why, "why these entries are opened again", told, reason -> {
                int opened = closing.reopen(wanted, ids, administrator.getName(), reason);
                return entries(opened) + " open again; requeue what is to be tried again."
                        + (opened == ids.size()
                                ? ""
                                : " The others were open already, or had been delivered all the same.");
            });
        }
        return back(wanted);
    }

    /** Tells where there is none. @param which the end of a sentence about entries */
    private static boolean isTicked(List<Long> ids, String which, RedirectAttributes told) {
        boolean ticked = ids != null && !ids.isEmpty();
        if (!ticked) {
            told.addFlashAttribute(PROBLEM, "No entry is ticked; tick those " + which + ".");
        }
        return ticked;
    }

    /** @param decision of the reason, in words that can be recorded; becomes what is told */
    private static void decide(String why, String what, RedirectAttributes told, UnaryOperator<String> decision) {
        try {
            told.addFlashAttribute(NOTICE, decision.apply(PlainReason.of(why, Decisions.LONGEST_REASON, what)));
        } catch (ErrorResponseException refused) {
            told.addFlashAttribute(PROBLEM, refused.getBody().getDetail());
        }
    }

    private String entries(int number) {
        return number == 1 ? "1 entry is" : words.number(number) + " entries are";
    }

    private static String back(Channel channel) {
        return "redirect:" + ChannelsPage.PATH + "/" + channel.id();
    }
}
