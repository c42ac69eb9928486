package org.chatarchiver.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.chatarchiver.alert.Alarms.Finding;
import org.chatarchiver.ledger.AlertLog;
import org.chatarchiver.message.Printable;
import org.chatarchiver.message.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Decides which alerts are due. At most one mail of a cause in an interval: what happens meanwhile waits for the next one. A cause that
 * lasts is told again when something joins it, and daily. What has been told stands in the ledger, so that a restart does not repeat it.
 */
@Component("alerting")
public class Alerting {
    private static final Logger LOG = LoggerFactory.getLogger(Alerting.class);
    private static final Duration REMINDER = Duration.ofDays(1);
    private static final int MOST_LINES = 50;

    private final AlertProperties properties;
    private final AlertFindings findings;
    private final AlertLog log;
    private final Clock clock;

    Alerting(AlertProperties properties, AlertFindings findings, AlertLog log, Clock clock) {
        this.properties = properties;
        this.findings = findings;
        this.log = log;
        this.clock = clock;
    }

    /** The mails to be sent now; none where nobody is to get any. */
    public List<Alert> due() {
        return properties.on()
                ? Arrays.stream(AlertCause.values())
                        .flatMap(cause -> due(cause).stream())
                        .toList()
                : List.of();
    }

    private Optional<Alert> due(AlertCause cause) {
        Instant now = clock.instant();
        Optional<AlertLog.Said> last = log.last(cause.name());
        if (last.isPresent() && last.get().sent().plus(properties.interval()).isAfter(now)) {
            return Optional.empty();
        }
        List<Finding> found =
                findings.of(cause, last.map(AlertLog.Said::covered).orElse(Instant.EPOCH), now);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String subjects = digest(found);
        boolean told = cause.lasting()
                && last.filter(said -> said.subjects().equals(subjects)
                                && said.sent().plus(REMINDER).isAfter(now))
                        .isPresent();
        return told ? Optional.empty() : Optional.of(alert(cause, found, now, subjects));
    }

    private static Alert alert(AlertCause cause, List<Finding> found, Instant now, String subjects) {
        String lines = found.stream()
                .limit(MOST_LINES)
                .map(finding -> "- " + finding.sentence() + "\r\n")
                .collect(Collectors.joining());
        String more = found.size() > MOST_LINES ? "... and " + (found.size() - MOST_LINES) + " more\r\n" : "";
        return new Alert(
                cause,
                "Chat Archiver: " + cause.title(),
                "As of " + now + ": " + cause.title() + ".\r\n\r\n" + lines + more
                        + "\r\nWhat to do stands in the README under \"Alerts\".\r\n",
                now,
                subjects);
    }

    private static String digest(List<Finding> found) {
        String subjects = found.stream().map(Finding::subject).sorted().collect(Collectors.joining("\n"));
        return Sha256.of(subjects);
    }

    /** The mail's text, and its headers as camel-mail takes them. */
    public String mail(@Body Alert alert, @Headers Map<String, Object> headers) {
        headers.put("To", String.join(",", properties.to()));
        headers.put("From", properties.from());
        headers.put("Subject", alert.subject());
        // So that no mailbox answers that it is on holiday (RFC 3834).
        headers.put("Auto-Submitted", "auto-generated");
        return alert.text();
    }

    public void sent(@Variable(Alert.ALERT) Alert alert) {
        log.said(alert.cause().name(), alert.covered(), alert.subjects());
    }

    /** It is due still, so the next round tries it again. */
    public void failed(
            @Variable(Alert.ALERT) Alert alert, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        LOG.warn(
                "The alert {} cannot be sent by {}:{} and is tried again: {}",
                alert.cause(),
                properties.host(),
                properties.port(),
                // What Jakarta Mail says itself is only that it could not connect.
                Printable.of(NestedExceptionUtils.getMostSpecificCause(error).toString()));
    }
}
