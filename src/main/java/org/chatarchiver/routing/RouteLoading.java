package org.chatarchiver.routing;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.chatarchiver.connector.Problem;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.message.Printable;
import org.chatarchiver.recovery.Resuming;
import org.chatarchiver.routing.RunningRoutes.NotStarted;
import org.chatarchiver.security.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Loads {@code archiver.routes} at start, and whatever is changed there later. Shared files that are bad are replaced by those that were
 * good last, and stop the start where there are none; a bad connector file is left out, or replaced just so, and the rest runs.
 */
@Component
class RouteLoading implements CamelContextConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(RouteLoading.class);
    private static final Duration ANOTHER_TRY = Duration.ofMinutes(1);
    /** A run that gives way is taken up again within a look or two; later the sweep would. */
    private static final int LOOKS_AFTERWARDS = 6;

    private final RoutesProperties properties;
    private final LandingProperties landing;
    private final RouteJudge judge;
    private final LastGoodRoutes lastGood;
    private final ConnectorSetUp setUp;
    private final RouteStates states;
    private final StoppedRoutes stopped;
    private final RouteAudit audit;
    private final WorkInTheAir work;
    private final Resuming resuming;
    private final Clock clock;
    private RunningRoutes routes;
    private LiveRoutes live;
    /** When what failed is tried again; null where nothing has. */
    private Instant again;

    private RouteSet taken;
    private List<RouteFile> before = List.of();
    private Judgement judged;
    private int looksAfterwards;
    private volatile boolean started;

    RouteLoading(
            RoutesProperties properties,
            LandingProperties landing,
            RouteJudge judge,
            LastGoodRoutes lastGood,
            ConnectorSetUp setUp,
            RouteStates states,
            StoppedRoutes stopped,
            RouteAudit audit,
            WorkInTheAir work,
            Resuming resuming,
            Clock clock) {
        this.properties = properties;
        this.landing = landing;
        this.judge = judge;
        this.lastGood = lastGood;
        this.setUp = setUp;
        this.states = states;
        this.stopped = stopped;
        this.audit = audit;
        this.work = work;
        this.resuming = resuming;
        this.clock = clock;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        try {
            ShippedRoutes.writeIfMissing(properties.routes());
        } catch (IOException e) {
            throw unreadable(e);
        }
        taken = read();
        List<RouteFile> good = lastGood.read(landing.landing());
        before = good;
        judged = judge.judgeAtStart(taken, good);
        tell(judged);
        if (taken.files().isEmpty() && !judged.isUsable()) {
            throw unreadable(null);
        }
        if (!judged.isUsable()) {
            throw refused(judged.problems().stream()
                    .filter(problem -> !RouteFile.isConnector(problem.file()))
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n")));
        }
        routes = new RunningRoutes(context);
        live = new LiveRoutes(routes, setUp, work);
        for (RouteFile file : judged.inForce()) {
            if (!file.isConnector()) {
                load(file);
            }
        }
    }

    private void load(RouteFile file) {
        try {
            routes.add(file);
        } catch (NotStarted e) {
            LOG.debug("Routes refused", e);
            throw refused(e.problem().toString());
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        judged = new ConnectorStart(routes, setUp).load(judged);
        live.begin(judged);
        states.are(taken, judged);
        judged.leftOut().forEach(problem -> LOG.error("Connector left out: {}", problem));
        if (!before.isEmpty()) {
            audit.edited(before, judged.inForce());
        }
        before = List.of();
        lastGood.keep(judged.inForce());
        setUp.owes(judged.connectors().values());
    }

    /** Not before the port is open: a start that ends there, since the port is taken, must not have started runs. */
    @EventListener(ApplicationStartedEvent.class)
    void makeUp() {
        started = true;
        resuming.takeUp();
        setUp.makeUp();
    }

    /** A look at the files. */
    RouteSet read() {
        return RouteSet.read(properties.routes(), landing.landing());
    }

    /** Puts into force what is good of files that have come to rest; nothing where that has been done, or has just been tried. */
    void take(RouteSet now) {
        if (now.sameAs(taken) && (again == null || clock.instant().isBefore(again))) {
            return;
        }
        Judgement next = judge.judge(now, live.inForce(), true);
        Judgement runs = live.replace(next);
        looksAfterwards = LOOKS_AFTERWARDS;
        boolean failed = runs.problems().size() > next.problems().size();
        again = failed ? clock.instant().plus(ANOTHER_TRY) : null;
        tell(runs);
        states.are(now, runs);
        taken = now;
        if (!runs.inForce().equals(judged.inForce())) {
            audit.edited(judged.inForce(), runs.inForce());
            lastGood.keep(runs.inForce());
        }
        judged = runs;
    }

    /** Tells of routes that are stopped; takes up again the runs that gave way to a change, and what its connectors are owed. */
    void goOn() {
        if (!started) {
            return;
        }
        stopped.are(routes.stopped());
        setUp.forget();
        setUp.makeUp();
        if (looksAfterwards > 0) {
            looksAfterwards--;
            resuming.takeUp();
        }
    }

    /** A look has failed. */
    void failed(Throwable why) {
        states.areUnknown(new Problem(
                "",
                0,
                "the route files cannot be looked at (" + Printable.of(String.valueOf(why))
                        + "); what ran before runs on, and it is tried again"));
        taken = null;
    }

    private static void tell(Judgement judged) {
        judged.warnings().forEach(warning -> LOG.warn("Hard to read: {}", warning));
        judged.problems().forEach(problem -> LOG.error("Not in force: {}", problem));
    }

    private StartRefusedException unreadable(IOException e) {
        return new StartRefusedException(
                "archiver.routes=" + properties.routes() + " is no directory that can be read",
                "Set archiver.routes to the directory that holds collect.camel.yaml; a relative path starts at the working directory.",
                e);
    }

    private StartRefusedException refused(String problems) {
        return new StartRefusedException(
                "The routes in " + properties.routes().toAbsolutePath() + " cannot be used:\n" + problems,
                "Mend the file, or restore the one that was there before, and start again. Where the program is of another version"
                        + " than these files: move the directory away, start, which writes those of this version, and put your"
                        + " connectors and your edits into them.");
    }
}
