package org.chatarchiver.console;

import java.security.Principal;
import java.util.List;
import org.chatarchiver.api.PlainReason;
import org.chatarchiver.channel.Closing;
import org.chatarchiver.collect.RequeueWishes;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Decisions;
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
            Principal administrator,
            RedirectAttributes told) {
        Channel wanted = ChannelsPage.named(channel);
        if (ids == null || ids.isEmpty()) {
            told.addFlashAttribute(PROBLEM, "No entry is ticked; tick those that are to be tried again.");
        } else {
            requeue(wanted, ids, ids.size(), administrator, told);
        }
        return back(wanted);
    }

    /** All that the filter lets through. */
    @PostMapping(ChannelsPage.PATH + "/{channel}/requeue-all")
    String requeueAll(
            @PathVariable String channel,
            @RequestParam(defaultValue = "") String connector,
            @RequestParam(defaultValue = "") String reason,
            Principal administrator,
            RedirectAttributes told) {
        Channel wanted = ChannelsPage.named(channel);
        boolean all = connector.isEmpty() && reason.isEmpty();
        List<Long> ids = all ? List.of() : channels.ids(wanted, connector, ChannelsPage.reason(reason));
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
            Principal administrator,
            RedirectAttributes told) {
        Channel wanted = ChannelsPage.named(channel);
        if (ids == null || ids.isEmpty()) {
            told.addFlashAttribute(PROBLEM, "No entry is ticked; tick those that no more is to be done for.");
            return back(wanted);
        }
        try {
            String reason = PlainReason.of(why, Decisions.LONGEST_REASON, "why no more is done for these entries");
            int closed = closing.close(wanted, ids, administrator.getName(), reason);
            told.addFlashAttribute(
                    NOTICE,
                    (closed == 1 ? "1 entry is" : words.number(closed) + " entries are")
                            + " closed. Who, when and why stays in the ledger and in the report of the run."
                            + (closed == ids.size() ? "" : " The others were closed already, or delivered."));
        } catch (ErrorResponseException refused) {
            told.addFlashAttribute(PROBLEM, refused.getBody().getDetail());
        }
        return back(wanted);
    }

    private static String back(Channel channel) {
        return "redirect:" + ChannelsPage.PATH + "/" + channel.id();
    }
}
