package org.chatarchiver.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.alert.StandingFindings;
import org.chatarchiver.collect.FeedLogins;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.LedgerReach;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.message.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Finds everything that is not right now. What cannot be asked is a finding too. */
@Component
public class Findings {
    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    /** Parts of health that are told by themselves, each with its cure. */
    private static final Set<String> TOLD =
            Set.of("connectors", "routes", "destination", "broker", "feedClock", "readinessState", "db");

    private final StandingFindings standing;
    private final FeedLogins logins;
    private final Connectors connectors;
    private final Runs runs;
    private final Channels channels;
    private final LedgerReach ledger;
    private final ObjectProvider<HealthEndpoint> health;

    Findings(
            StandingFindings standing,
            FeedLogins logins,
            Connectors connectors,
            Runs runs,
            Channels channels,
            LedgerReach ledger,
            ObjectProvider<HealthEndpoint> health) {
        this.standing = standing;
        this.logins = logins;
        this.connectors = connectors;
        this.runs = runs;
        this.channels = channels;
        this.ledger = ledger;
        this.health = health;
    }

    /** Those of a kind together. */
    public List<Finding> now() {
        LedgerReach.Answer answer = ledger.now();
        List<Finding> all = new ArrayList<>();
        if (answer.isThere()) {
            all.addAll(asked(() -> standing(standing.now())));
            all.addAll(asked(this::runs));
            all.addAll(asked(this::entries));
        } else {
            all.add(silent(answer.trouble()));
            all.addAll(standing(standing.withoutLedger()));
        }
        all.addAll(logins());
        all.addAll(parts());
        return all;
    }

    private static List<Finding> asked(Supplier<List<Finding>> question) {
        try {
            return question.get();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("What is wrong cannot be told: the ledger does not answer", e);
            return List.of(silent(e));
        }
    }

    private static Finding silent(Exception trouble) {
        return new Finding(
                "LEDGER",
                "the ledger cannot be asked",
                Printable.of(String.valueOf(trouble.getMessage())),
                "See whether the database is up, and reached with the archiver's settings; runs and channels are told again then.");
    }

    private static List<Finding> standing(List<StandingFindings.Standing> found) {
        return found.stream()
                .map(one -> new Finding(one.cause().name(), one.cause().title(), one.sentence(), Cures.of(one.cause())))
                .toList();
    }

    private List<Finding> logins() {
        return connectors.all().stream()
                .flatMap(connector -> logins.problem(connector).stream()
                        .map(sentence -> new Finding(
                                "LOGIN_REFUSED",
                                "connectors that cannot log in to TeleMessage",
                                connector.name() + ": " + sentence,
                                "Write the password that is right into its file; it is read at the next try.")))
                .toList();
    }

    /** The latest run of each connector, where it came to no good end. */
    private List<Finding> runs() {
        return connectors.all().stream()
                .flatMap(connector -> runs.list(connector.id(), 1, "").stream())
                .flatMap(run -> cause(run).stream()
                        .map(cause -> new Finding(
                                cause.name(),
                                cause.title(),
                                "run " + run.id() + " of " + run.connector() + ": " + run.reason() + " ("
                                        + Printable.of(run.detail()) + ")",
                                Cures.of(cause))))
                .toList();
    }

    private static Optional<AlertCause> cause(Run run) {
        return switch (run.state()) {
            case FAILED -> run.reason() == Reason.CANCELLED ? Optional.empty() : Optional.of(AlertCause.RUN_FAILED);
            case INCOMPLETE -> run.accepted() == null ? Optional.of(AlertCause.RUN_INCOMPLETE) : Optional.empty();
            case RUNNING, COMPLETE -> Optional.empty();
        };
    }

    private List<Finding> entries() {
        return channels.counts().entrySet().stream()
                .filter(open -> open.getValue() > 0)
                .map(open -> new Finding(
                        "CHANNEL_ENTRIES",
                        "open entries in error channels",
                        open.getValue() + " in the channel " + open.getKey().id(),
                        Cures.of(open.getKey()),
                        open.getKey()))
                .toList();
    }

    private List<Finding> parts() {
        return health.stream()
                .flatMap(endpoint -> endpoint.health() instanceof CompositeHealth all
                        ? all.getComponents().entrySet().stream()
                        : Stream.<Map.Entry<String, HealthComponent>>empty())
                .filter(part ->
                        !TOLD.contains(part.getKey()) && isWrong(part.getValue().getStatus()))
                .map(part -> new Finding(
                        "PART",
                        "parts of the archiver that are not well",
                        part.getKey() + " is " + part.getValue().getStatus() + details(part.getValue()),
                        "See GET /actuator/health and the archiver's log."))
                .toList();
    }

    private static boolean isWrong(Status status) {
        return !status.equals(Status.UP) && !status.equals(Status.UNKNOWN);
    }

    private static String details(HealthComponent part) {
        return part instanceof Health one && !one.getDetails().isEmpty()
                ? one.getDetails().entrySet().stream()
                        .map(detail -> detail.getKey() + " " + Printable.of(String.valueOf(detail.getValue())))
                        .collect(Collectors.joining(", ", " (", ")"))
                : "";
    }
}
