package org.chatarchiver.verify;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.ledger.Evidence;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.RunReports;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.ledger.Verifications.Others;
import org.chatarchiver.ledger.Verifications.Progress;
import org.chatarchiver.ledger.Verifications.Verified;
import org.chatarchiver.message.Printable;
import org.chatarchiver.observation.WorkFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts verifications, each in a thread of its own, of a run one at a time whichever archiver is asked. The work is done by the routes. */
@Component("verifying")
public class Verifying {
    private static final Logger LOG = LoggerFactory.getLogger(Verifying.class);
    private static final String ROUTE = "direct:verify-run";
    private static final int AT_ONCE = 2;

    private final Runs runs;
    private final RunReports reports;
    private final Connectors connectors;
    private final Evidence evidence;
    private final Verifications verifications;
    private final TaskLeases tasks;
    private final VerificationTurns turns;
    private final ProducerTemplate routes;
    private final Clock clock;
    private final ExecutorService threads;
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();

    public Verifying(
            Runs runs,
            RunReports reports,
            Connectors connectors,
            Evidence evidence,
            Verifications verifications,
            TaskLeases tasks,
            VerificationTurns turns,
            ProducerTemplate routes,
            CamelContext camel,
            Clock clock) {
        this.runs = runs;
        this.reports = reports;
        this.connectors = connectors;
        this.evidence = evidence;
        this.verifications = verifications;
        this.tasks = tasks;
        this.turns = turns;
        this.routes = routes;
        this.clock = clock;
        this.threads = camel.getExecutorServiceManager().newFixedThreadPool(this, "verifications", AT_ONCE);
    }

    /** What came of a wish to verify a run. */
    public sealed interface Answer {
        record Started(Verified verified) implements Answer {}

        record UnknownRun(String sentence) implements Answer {}

        /** Not now, or never. */
        record Refused(String sentence) implements Answer {}
    }

    /** Begins a verification, or goes on with one that was broken off, and returns at once. */
    public Answer start(String id, String administrator) {
        return start(id, Optional.of(administrator), null);
    }

    /** As that. @param others where it reads the other mailboxes of the connector's mapping too; one that goes on does as it began */
    Answer start(String id, String administrator, Others others) {
        return start(id, Optional.of(administrator), others);
    }

    private Answer start(String id, Optional<String> administrator, Others others) {
        Optional<RunReport> report = reports.of(id);
        if (report.isEmpty()) {
            return new Answer.UnknownRun(
                    "There is no run '" + Printable.of(id) + "'; GET /api/connectors/{id}/runs lists them");
        }
        Run run = report.get().run();
        Optional<String> objection = objection(report.get());
        if (objection.isPresent()) {
            return new Answer.Refused(objection.get());
        }
        Optional<String> folder =
                runs.folder(id).or(() -> connectors.find(run.connector()).map(Connector::folder));
        if (folder.isEmpty()) {
            return new Answer.Refused("It is not known into which folder the run has delivered: the connector "
                    + run.connector() + " does not run; restore its file in routes/connectors");
        }
        if (!tasks.take(task(id)) || !atWork.add(id)) {
            return new Answer.Refused("A verification of the run " + id + " is under way; wait for it to end");
        }
        try {
            Optional<Verified> brokenOff = verifications.latest(id).filter(latest -> latest.ended() == null);
            if (brokenOff.isEmpty() && administrator.isEmpty()) {
                release(id);
                return new Answer.Refused("The verification of the run " + id + " has ended meanwhile");
            }
            Verified begun = brokenOff.orElseGet(() -> begin(run, administrator.orElseThrow(), others));
            brokenOff.ifPresent(verifications::goOn);
            work(new Verification(report.get(), folder.get(), begun, verifications, turns.stopped(), clock));
            return new Answer.Started(begun);
        } catch (RuntimeException e) {
            release(id);
            throw e;
        }
    }

    /** Goes on with those that were broken off when their archiver died or stopped. */
    public void goOn() {
        for (Verified open : verifications.open()) {
            if (!atWork.contains(open.run())) {
                Answer answer = start(open.run(), Optional.empty(), null);
                if (answer instanceof Answer.Started) {
                    LOG.info("The verification {} of run {} goes on", open.number(), open.run());
                } else {
                    LOG.debug("The verification {} of run {} does not go on: {}", open.number(), open.run(), answer);
                }
            }
        }
    }

    private static Optional<String> objection(RunReport report) {
        Run run = report.run();
        if (run.dry()) {
            return Optional.of("The run " + run.id() + " was dry: it has delivered nothing that could be verified");
        }
        if (run.state() == Run.State.RUNNING && run.landed() == null) {
            return Optional.of("The run " + run.id() + " is polling; wait for it to end");
        }
        if (report.unread() > 0) {
            return Optional.of("Of the run " + run.id() + " " + report.unread()
                    + " pages have not been worked through yet; wait until they are");
        }
        return Optional.empty();
    }

    private Verified begin(Run run, String administrator, Others others) {
        Progress progress = new Progress(evidence.pages(run.id()).size(), 0, evidence.delivered(run.id()), 0, 0, 0, 0);
        return verifications.begin(run, administrator, progress, others);
    }

    private void work(Verification verification) {
        Run run = verification.run();
        threads.execute(() -> WorkFields.within(run.connector(), run.id(), () -> verify(verification)));
    }

    private void verify(Verification verification) {
        Run run = verification.run();
        String problem = null;
        try {
            routes.sendBody(ROUTE, verification);
        } catch (RuntimeException e) {
            Throwable cause = e instanceof CamelExecutionException ? e.getCause() : e;
            LOG.debug("The verification of run {} was broken off", run.id(), e);
            if (verification.isStopped()) {
                LOG.info("The verification of run {} goes on later: it was stopped", run.id());
                release(run.id());
                return;
            }
            problem = "It could not be done: " + Printable.of(String.valueOf(cause.getMessage()));
        }
        try {
            verification.ended(problem);
            LOG.info(
                    "The verification of run {} has ended{}: differences {}",
                    run.id(),
                    problem == null ? "" : " early (" + problem + ")",
                    verification.kinds());
        } catch (RuntimeException e) {
            LOG.warn(
                    "The end of the verification of run {} could not be noted: {}",
                    run.id(),
                    Printable.of(e.toString()));
        } finally {
            release(run.id());
        }
    }

    private void release(String run) {
        atWork.remove(run);
        tasks.release(task(run));
    }

    /**
     * The last verification of a run.
     *
     * @param atWork whether it goes on, in this archiver or another: else it has ended, or its archiver died
     */
    public record Latest(Verified verified, boolean atWork) {}

    /** Empty where there was none. */
    public Optional<Latest> latest(String run) {
        // In this order: one that ends in between has its end in the ledger.
        boolean busy = atWork.contains(run) || tasks.holder(task(run)).isPresent();
        return verifications.latest(run).map(verified -> new Latest(verified, busy && verified.ended() == null));
    }

    private static String task(String run) {
        return "verify " + run;
    }
}
