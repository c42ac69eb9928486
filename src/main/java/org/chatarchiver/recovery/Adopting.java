package org.chatarchiver.recovery;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chatarchiver.channel.ErrorChannelRecorder;
import org.chatarchiver.landing.LandedPage;
import org.chatarchiver.landing.LandedRuns;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Adoptions;
import org.chatarchiver.ledger.Adoptions.Standing;
import org.chatarchiver.ledger.Failure;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.TaskLeases;
import org.chatarchiver.message.Printable;
import org.chatarchiver.observation.WorkFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Adopts landed pages that the ledger does not know: the archiver died before it recorded them, or the ledger is a restored one. The
 * first look goes through all of the landing zone; later ones through today and yesterday, and pass over runs that had long ended when
 * they were last looked at. A run that is being polled is left alone: what it has landed, it will record. Of several archivers with one
 * ledger one at a time looks, by a lease in the ledger; the others wait for their turn.
 */
@Component("adopting")
public class Adopting {
    private static final Logger LOG = LoggerFactory.getLogger(Adopting.class);
    /** Longer than a landing can be in flight. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    static final String TASK = "adoption";

    private final LandedRuns landed;
    private final Adoptions ledger;
    private final AdoptedPages adopted;
    private final Recovery recovery;
    private final ErrorChannelRecorder channels;
    private final TaskLeases tasks;
    private final Clock clock;
    private final Map<LandingPath, Instant> quiet = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private boolean complete;
    private boolean waiting;

    public Adopting(
            LandedRuns landed,
            Adoptions ledger,
            AdoptedPages adopted,
            Recovery recovery,
            ErrorChannelRecorder channels,
            TaskLeases tasks,
            Clock clock) {
        this.landed = landed;
        this.ledger = ledger;
        this.adopted = adopted;
        this.recovery = recovery;
        this.channels = channels;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * Looks, where no other archiver does. A landing zone that cannot be read is logged, and looked at again by the next call. One whose
     * lease has lapsed all the same, as when it was stopped in the middle, leaves the rest to whoever has it now.
     */
    public synchronized void adopt() {
        if (!isOurs()) {
            return;
        }
        try {
            lookThrough();
        } finally {
            tasks.release(TASK);
        }
    }

    private boolean isOurs() {
        boolean ours = tasks.take(TASK);
        if (!ours && !waiting) {
            LOG.info(
                    "{} looks through the landing zone for pages that the ledger does not know; this archiver waits for its turn",
                    Printable.of(tasks.holder(TASK).orElse("Another archiver")));
        }
        waiting = !ours;
        return ours;
    }

    private void lookThrough() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate since = complete ? today.minusDays(1) : LandedRuns.EARLIEST;
        try {
            recovery.recheck();
            boolean settled = true;
            for (String connector : landed.connectors()) {
                for (LocalDate day : oldestFirst(landed.days(connector, since))) {
                    if (!isOurs()) {
                        return;
                    }
                    for (LandingPath run : landed.runs(connector, day)) {
                        settled &= look(run) || !day.isBefore(today.minusDays(1));
                    }
                }
            }
            complete = settled;
            quiet.keySet().removeIf(run -> run.day().isBefore(today.minusDays(1)));
        } catch (IOException e) {
            LOG.warn("The landing zone cannot be looked through now: {}", Printable.of(e.getMessage()));
        }
    }

    private static List<LocalDate> oldestFirst(List<LocalDate> days) {
        return days.stream().sorted().toList();
    }

    /** @return whether the run need not be looked at again for long */
    private boolean look(LandingPath run) throws IOException {
        Instant first = quiet.get(run);
        if (first != null && first.plus(QUIET).isBefore(clock.instant())) {
            return true;
        }
        boolean settled = takeIn(run);
        if (settled) {
            quiet.putIfAbsent(run, clock.instant());
        }
        return settled;
    }

    /**
     * Takes in what a run has landed and the ledger does not know. A page that is not whole goes to the source channel.
     *
     * @return false if nothing can be said yet, since the run is being polled
     * @throws IOException if the landing zone cannot be read
     */
    synchronized boolean takeIn(LandingPath run) throws IOException {
        // In this order: all that a run had landed before it ended has been recorded by then, or never will be.
        List<LandedPage> pages = landed.pages(run);
        Standing standing = ledger.standing(run.run());
        if (standing == Standing.POLLING) {
            return false;
        }
        Set<String> recorded = ledger.recorded(run.run());
        List<LandedPage> unknown =
                pages.stream().filter(page -> !recorded.contains(page.path())).toList();
        if (!unknown.isEmpty()) {
            AdoptedPages.Lot lot = adopted.inspect(run, unknown);
            lot.bad().forEach((page, why) -> refuse(run, page, why));
            record(run, standing, lot);
        }
        return true;
    }

    /** A run that lies in the landing zone, whether or not the ledger knows it. */
    Optional<LandingPath> find(String run) throws IOException {
        Optional<LocalDate> day = Adoptions.day(run);
        if (day.isPresent()) {
            for (String connector : landed.connectors()) {
                for (LandingPath path : landed.runs(connector, day.get())) {
                    if (path.run().equals(run)) {
                        return Optional.of(path);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private void record(LandingPath run, Standing standing, AdoptedPages.Lot lot) {
        List<Page> pages = lot.pages();
        if (pages.isEmpty()) {
            return;
        }
        int number = standing == Standing.UNKNOWN ? ledger.recreate(adopted.run(run, lot), pages) : ledger.adopt(pages);
        WorkFields.within(
                run.connector(),
                run.run(),
                () -> LOG.warn(
                        "Run {} of {}{}: {} landed pages that the ledger did not know are taken in, and looked for before they are sent",
                        run.run(),
                        run.connector(),
                        standing == Standing.UNKNOWN ? ", which the ledger did not know either" : "",
                        number));
    }

    /** Said once; the page is looked at again after a restart, or when its run is replayed. */
    private void refuse(LandingPath run, String page, String why) {
        if (refused.add(page)) {
            channels.enter(List.of(Failure.ofPoll(
                    run.connector(),
                    run.run(),
                    Reason.LANDING_FAILED,
                    "The landed page " + page + " cannot be taken in: " + why)));
        }
    }
}
