package org.chatarchiver.console;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.chatarchiver.api.PauseReason;
import org.chatarchiver.collect.ConnectorWishes;
import org.chatarchiver.collect.RunStarts;
import org.chatarchiver.collect.Started;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What administrators do with connectors. Each ends at the connectors' page, with a sentence that says what came of it. */
@Controller
class ConnectorActs {
    private static final String DONE = "redirect:" + ConnectorsPage.PATH;
    private static final String NOTICE = "notice";
    /** The run that the notice is of, for a link to it. */
    private static final String STARTED = "noticeRun";

    private static final String PROBLEM = "problem";

    private final Connectors connectors;
    private final RunStarts starts;
    private final ConnectorWishes wishes;

    ConnectorActs(Connectors connectors, RunStarts starts, ConnectorWishes wishes) {
        this.connectors = connectors;
        this.starts = starts;
        this.wishes = wishes;
    }

    @PostMapping(ConnectorsPage.PATH + "/{id}/run")
    String run(@PathVariable String id, Principal administrator, RedirectAttributes told) {
        return started(starts.start(known(id).id(), false, null, null, administrator.getName()), "The run", told);
    }

    @PostMapping(ConnectorsPage.PATH + "/{id}/dry-run")
    String dryRun(@PathVariable String id, Principal administrator, RedirectAttributes told) {
        return started(starts.start(known(id).id(), true, null, null, administrator.getName()), "The dry run", told);
    }

    /** @param from in UTC, as a browser's field for a date and a time gives it; so is {@code to} */
    @PostMapping(ConnectorsPage.PATH + "/{id}/back-fill")
    String backFill(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            Principal administrator,
            RedirectAttributes told) {
        Connector connector = known(id);
        Instant begin;
        Instant end;
        try {
            begin = LocalDateTime.parse(from).toInstant(ZoneOffset.UTC);
            end = LocalDateTime.parse(to).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            told.addFlashAttribute(
                    PROBLEM, "Say from when to when, each with a date and a time such as 2026-11-20T00:00.");
            return DONE;
        }
        return started(starts.start(connector.id(), false, begin, end, administrator.getName()), "The back-fill", told);
    }

    private static String started(Started started, String what, RedirectAttributes told) {
        if (started instanceof Started.Running running) {
            told.addFlashAttribute(NOTICE, what + " has started:");
            told.addFlashAttribute(STARTED, running.run().id());
        } else if (started instanceof Started.Busy busy) {
            told.addFlashAttribute(PROBLEM, busy.sentence() + ".");
        } else if (started instanceof Started.Paused) {
            told.addFlashAttribute(PROBLEM, "Nothing is collected while the connector is paused; resume it first.");
        } else if (started instanceof Started.Refused refused) {
            told.addFlashAttribute(PROBLEM, refused.sentence() + ".");
        } else {
            told.addFlashAttribute(PROBLEM, "The connector has been removed.");
        }
        return DONE;
    }

    @PostMapping(ConnectorsPage.PATH + "/{id}/pause")
    String pause(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            Principal administrator,
            RedirectAttributes told) {
        Connector connector = known(id);
        try {
            wishes.pause(connector, administrator.getName(), PauseReason.of(reason));
            told.addFlashAttribute(NOTICE, connector.name() + " is paused.");
        } catch (ErrorResponseException refused) {
            told.addFlashAttribute(PROBLEM, refused.getBody().getDetail());
        }
        return DONE;
    }

    @PostMapping(ConnectorsPage.PATH + "/{id}/resume")
    String resume(@PathVariable String id, Principal administrator, RedirectAttributes told) {
        Connector connector = known(id);
        wishes.resume(connector, administrator.getName());
        told.addFlashAttribute(NOTICE, connector.name() + " is resumed; what was missed is collected now.");
        return DONE;
    }

    private Connector known(String id) {
        return connectors
                .find(id)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "The connector has been removed."));
    }
}
