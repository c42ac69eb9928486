package org.chatarchiver.recovery;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.chatarchiver.collect.CollectionState;
import org.chatarchiver.collect.DueWindows;
import org.chatarchiver.collect.Leases;
import org.chatarchiver.collect.PollHandover;
import org.chatarchiver.collect.Retention;
import org.chatarchiver.collect.RunOpenings;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.connector.Connectors;
import org.chatarchiver.landing.LandedPage;
import org.chatarchiver.landing.LandedRuns;
import org.chatarchiver.landing.LandingCorruptException;
import org.chatarchiver.landing.LandingException;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.landing.Landings;
import org.chatarchiver.ledger.Adoptions;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Pages;
import org.chatarchiver.ledger.Polls;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.message.Printable;
import org.chatarchiver.telemessage.PageScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Goes on with runs whose archiver ended while they polled, under the same id: the landed pages themselves tell where the next one
 * begins, what has arrived, and how much there is.
 */
@Component("resuming")
public class Resuming {
    private static final Logger LOG = LoggerFactory.getLogger(Resuming.class);

    /** The variable for the interrupted {@link Run} that goes on. */
    public static final String RUN = "run";

    private final Connectors connectors;
    private final Polls polls;
    private final Pages pages;
    private final Adoptions adoptions;
    private final AdoptedPages adopted;
    private final LandedRuns landed;
    private final Landings landings;
    private final DueWindows due;
    private final RunOpenings openings;
    private final Leases leases;
    private final Retention retention;
    private final PollHandover handover;

    Resuming(
            Connectors connectors,
            Polls polls,
            Pages pages,
            Adoptions adoptions,
            AdoptedPages adopted,
            LandedRuns landed,
            Landings landings,
            DueWindows due,
            RunOpenings openings,
            Leases leases,
            Retention retention,
            PollHandover handover) {
        this.connectors = connectors;
        this.polls = polls;
        this.pages = pages;
        this.adoptions = adoptions;
        this.adopted = adopted;
        this.landed = landed;
        this.landings = landings;
        this.due = due;
        this.openings = openings;
        this.leases = leases;
        this.retention = retention;
        this.handover = handover;
    }

    /** Takes up the interrupted run of each connector that runs here; at most one of each, since one polls at a time. */
    public void takeUp() {
        for (Connector connector : connectors.all()) {
            polls.takeUp(connector.id()).filter(run -> !leases.polls(run.id())).ifPresent(run -> {
                openings.begin(run);
                handover.resume(run);
            });
        }
    }

    /**
     * The run's poll, as it stood; closed where its window has landed to the last page.
     *
     * @throws IOException where the landing zone cannot be read
     */
    public CollectionState poll(@Body Run run) throws IOException {
        CollectionState poll = behindItsPages(run);
        LOG.info(
                "Run {} of {} goes on with page {} of [{}, {})",
                run.id(),
                run.connector(),
                poll.page(),
                run.from(),
                run.to());
        if (poll.open()) {
            retention.asks(run);
        }
        return poll;
    }

    /** The landing zone cannot be used: gives null, and the run is taken up again later. */
    public CollectionState later(@Variable(RUN) Run run, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception error) {
        LOG.warn("Run {} cannot go on now, and is taken up again: {}", run.id(), Printable.of(error.getMessage()));
        leases.giveUp(run.id());
        return null;
    }

    private CollectionState behindItsPages(Run run) throws IOException {
        takeInUnrecorded(run);
        Connector connector = connectors
                .find(run.connector())
                .orElseThrow(() -> new IllegalStateException("The connector " + run.connector() + " is not running"));
        CollectionState poll = CollectionState.start(connector, run, due.behind(run, polls.wishTo(run)));
        List<Page> known = pages.of(run.id());
        try {
            for (Page page : known) {
                poll = poll.resumed(
                        page.number(),
                        landings.inspect(page.path(), PageScan::scan).value());
            }
            return poll;
        } catch (LandingCorruptException e) {
            return afresh(poll, known, e);
        } catch (LandingException e) {
            throw e;
        } catch (IOException e) {
            return afresh(poll, known, e);
        }
    }

    private static CollectionState afresh(CollectionState poll, List<Page> known, IOException why) {
        LOG.warn(
                "Run {} asks for its window from the beginning, since a landed page cannot be read: {}",
                poll.run().id(),
                Printable.of(why.getMessage()));
        return poll.afresh(known.get(known.size() - 1).number());
    }

    /** A page that had landed when the archiver died, before it was recorded: it need not be asked for again. */
    private void takeInUnrecorded(Run run) throws IOException {
        LandingPath folder = LandingPath.of(run.connector(), run.started(), run.id());
        Set<String> recorded = adoptions.recorded(run.id());
        List<LandedPage> unknown = landed.pages(folder).stream()
                .filter(page -> !recorded.contains(page.path()))
                .toList();
        if (!unknown.isEmpty()) {
            adoptions.adopt(adopted.inspect(folder, unknown).pages());
        }
    }
}
