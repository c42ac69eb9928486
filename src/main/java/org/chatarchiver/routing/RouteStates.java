package org.chatarchiver.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chatarchiver.alert.Alarms;
import org.chatarchiver.alert.AlertCause;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.RouteState.State;
import org.springframework.stereotype.Component;

/** What has become of the route files, for whoever asks. Safe for many threads. */
@Component
public class RouteStates {
    /** All that is wrong is one subject: what is told of it changes with every edit. */
    private static final String SUBJECT = "routes";

    private final Alarms alarms;
    private final Clock clock;
    private volatile List<RouteState> files = List.of();
    private volatile List<Problem> problems = List.of();

    RouteStates(Alarms alarms, MeterRegistry metrics, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
        Gauge.builder("archiver.routes.not.in.force", this, RouteStates::notInForce)
                .description("Route files that are not in force as they are")
                .register(metrics);
    }

    private double notInForce() {
        long files = this.files.stream()
                .filter(file -> file.state() != State.IN_FORCE)
                .count();
        return files == 0 && !problems.isEmpty() ? 1 : files;
    }

    /** Each file that is there or in force, in the order of names. */
    public List<RouteState> files() {
        return files;
    }

    /** What is wrong now: with files, or with putting them into force. */
    public List<Problem> problems() {
        return problems;
    }

    /** @param judged what runs, and what is wrong */
    void are(RouteSet now, Judgement judged) {
        Map<String, RouteFile> there = byName(now.files());
        Map<String, RouteFile> inForce = byName(judged.inForce());
        Map<String, RouteState> before = files.stream().collect(Collectors.toMap(RouteState::file, file -> file));
        boolean sharedBad = judged.problems().stream().anyMatch(problem -> !RouteFile.isConnector(problem.file()));
        Set<String> names = new TreeSet<>(there.keySet());
        names.addAll(inForce.keySet());
        List<RouteState> states = new ArrayList<>();
        for (String name : names) {
            RouteFile runs = inForce.get(name);
            State state = state(there.get(name), runs);
            String digest = RouteSet.digest(there.getOrDefault(name, runs));
            List<Problem> found = of(judged.problems(), name);
            boolean waits = found.isEmpty() && state != State.IN_FORCE && sharedBad && !RouteFile.isConnector(name);
            states.add(new RouteState(
                    name,
                    digest,
                    state,
                    since(before.get(name), state, digest),
                    runs == null ? List.of() : routes(runs),
                    of(judged.warnings(), name),
                    waits ? List.of(new Problem(name, 0, "waits until the other shared files are mended")) : found));
        }
        files = List.copyOf(states);
        problems = List.copyOf(judged.problems());
        List<Problem> leftOut = judged.leftOut();
        // A connector that was left out has an alert of its own: one fault makes one mail.
        tell(problems.stream().filter(problem -> !leftOut.contains(problem)).toList());
    }

    /** The files could not be judged, so that what ran before runs on. */
    void areUnknown(Problem why) {
        problems = List.of(why);
        tell(problems);
    }

    private static Map<String, RouteFile> byName(List<RouteFile> files) {
        return files.stream().collect(Collectors.toMap(RouteFile::name, file -> file));
    }

    private static State state(RouteFile there, RouteFile runs) {
        if (there == null) {
            return State.MISSING;
        }
        if (runs == null) {
            return State.LEFT_OUT;
        }
        return runs.text().equals(there.text()) ? State.IN_FORCE : State.FORMER_IN_FORCE;
    }

    private Instant since(RouteState last, State state, String digest) {
        return last != null && last.state() == state && last.digest().equals(digest) ? last.since() : clock.instant();
    }

    private void tell(List<Problem> all) {
        if (all.isEmpty()) {
            alarms.clear(AlertCause.ROUTES_NOT_IN_FORCE, SUBJECT);
        } else {
            alarms.raise(
                    AlertCause.ROUTES_NOT_IN_FORCE,
                    SUBJECT,
                    all.stream()
                            .map(problem -> Printable.of(problem.toString()))
                            .collect(Collectors.joining(" | ")));
        }
    }

    private static List<String> routes(RouteFile file) {
        return RouteElement.of(file).stream()
                .filter(element -> Set.of(RouteElement.Kind.ROUTE, RouteElement.Kind.CONNECTOR)
                                .contains(element.kind())
                        && !element.id().isEmpty())
                .map(RouteElement::id)
                .toList();
    }

    private static List<Problem> of(List<Problem> problems, String file) {
        return problems.stream().filter(problem -> problem.file().equals(file)).toList();
    }
}
