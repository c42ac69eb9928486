package org.chatarchiver.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.chatarchiver.alert.Alarms.Finding;
import org.chatarchiver.ledger.AlertLog;
import org.chatarchiver.ledger.Archivers;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.message.Printable;
import org.chatarchiver.message.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/**
 * Decides which alerts are due. At most one mail of a cause in an interval: what happens meanwhile waits for the next one. A cause that
 * lasts is told again when something joins it, and daily. What has been told stands in the ledger, so that a restart does not repeat it.
 *
 * <p>Of several archivers with one ledger the one that claims a cause there tells it. One that dies between its claim and the end of its
 * mail leaves it to the others some two minutes later, who may then send a second mail of the same: none at all would be worse.
 */
@Component("alerting")
public class Alerting {
    private static final Logger LOG = LoggerFactory.getLogger(Alerting.class);
    private static final Duration REMINDER = Duration.ofDays(1);
    private static final int MOST_LINES = 50;
    private static final String CLAIM = "alert ";
    /** How far the clocks of archivers may differ: what one of them records may be of before the look of another one. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final AlertProperties properties;
    private final AlertFindings findings;
    private final AlertLog log;
    private final TaskLeases claims;
    private final Archivers archivers;
    private final Clock clock;
    private final Set<AlertCause> claimed = EnumSet.noneOf(AlertCause.class);

    Alerting(
            AlertProperties properties,
            AlertFindings findings,
            AlertLog log,
            TaskLeases claims,
            Archivers archivers,
            Clock clock) {
        this.properties = properties;
        this.findings = findings;
        this.log = log;
        this.claims = claims;
        this.archivers = archivers;
        this.clock = clock;
    }

    /** The mails to be sent now, which this archiver has claimed; none where nobody is to get any. */
    public synchronized List<Alert> due() {
        if (!properties.on()) {
            return List.of();
        }
        // Those of a round that ended before its mails did.
        List.copyOf(claimed).forEach(this::release);
        Instant now =
                archivers.others() == 0 ? clock.instant() : clock.instant().minus(CLOCKS);
        return Arrays.stream(AlertCause.values())
                .flatMap(cause -> due(cause, now).stream())
                .toList();
    }

    private Optional<Alert> due(AlertCause cause, Instant now) {
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
        return told || !claim(cause, last) ? Optional.empty() : Optional.of(alert(cause, found, now, subjects));
    }

    /** @param last what had been said when it was decided what there is to say */
    private boolean claim(AlertCause cause, Optional<AlertLog.Said> last) {
        if (!claims.take(CLAIM + cause)) {
            return false;
        }
        claimed.add(cause);
        if (!log.last(cause.name()).equals(last)) {
            release(cause);
            return false;
        }
        return true;
    }

    private void release(AlertCause cause) {
        claims.release(CLAIM + cause);
        claimed.remove(cause);
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

    public synchronized void sent(@Variable(Alert.ALERT) Alert alert) {
        log.said(alert.cause().name(), alert.covered(), alert.subjects());
        release(alert.cause());
    }

    /** It is due still, so the next round tries it again, here or at another archiver. */
    public synchronized void failed(
            @Variable(Alert.ALERT) Alert alert, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        release(alert.cause());
        LOG.warn(
                "The alert {} cannot be sent by {}:{} and is tried again: {}",
                alert.cause(),
                properties.host(),
                properties.port(),
                // What Jakarta Mail says itself is only that it could not connect.
                Printable.of(NestedExceptionUtils.getMostSpecificCause(error).toString()));
    }
}
