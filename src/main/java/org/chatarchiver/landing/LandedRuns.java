package org.chatarchiver.landing;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which runs lie in the landing zone, folder by folder, so that a look at some days costs as much as those days hold. What is not named
 * as {@link LandingPath} says is nobody's run and is passed over. Asks the store itself, not the routes: it is needed before they start.
 */
public final class LandedRuns {
    /** No run started before it. */
    public static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);

    private final Landing landing;

    LandedRuns(Landing landing) {
        this.landing = landing;
    }

    /** The ids of all connectors that anything was landed for. */
    public List<String> connectors() throws IOException {
        return folders("").stream()
                .filter(name -> isRun(name, "1990/01/01", "x"))
                .sorted()
                .toList();
    }

    /** The days on which runs of a connector started that landed anything, newest first; none before {@code since}, at least {@link #EARLIEST}. */
    public List<LocalDate> days(String connector, LocalDate since) throws IOException {
        List<LocalDate> days = new ArrayList<>();
        for (String year : from(folders(connector), since.getYear())) {
            String inYear = connector + "/" + year;
            boolean firstYear = number(year) == since.getYear();
            for (String month : from(folders(inYear), firstYear ? since.getMonthValue() : 1)) {
                folders(inYear + "/" + month).stream()
                        .flatMap(day -> day(year, month, day).stream())
                        .filter(day -> !day.isBefore(since))
                        .forEach(days::add);
            }
        }
        days.sort(Comparator.reverseOrder());
        return days;
    }

    /** The runs of a connector that started on a day and landed anything, oldest first. */
    public List<LandingPath> runs(String connector, LocalDate day) throws IOException {
        String folder = new LandingPath(connector, day, "x").folder();
        String days = folder.substring(0, folder.length() - 2);
        return folders(days).stream()
                .filter(run -> isRun(connector, days.substring(connector.length() + 1), run))
                .sorted()
                .map(run -> new LandingPath(connector, day, run))
                .toList();
    }

    /** The pages of a run, by number and attempt. */
    public List<LandedPage> pages(LandingPath run) throws IOException {
        return landing.children(run.folder()).stream()
                .flatMap(path -> LandedPage.parse(path).stream())
                .sorted(Comparator.comparingInt(LandedPage::number).thenComparingInt(LandedPage::attempt))
                .toList();
    }

    private List<String> folders(String folder) throws IOException {
        return landing.children(folder).stream()
                .filter(path -> path.endsWith("/"))
                .map(path -> path.substring(path.lastIndexOf('/', path.length() - 2) + 1, path.length() - 1))
                .toList();
    }

    private static List<String> from(List<String> names, int first) {
        return names.stream().filter(name -> number(name) >= first).toList();
    }

    /** -1 for what is no year or month. */
    private static int number(String name) {
        return name.matches("\\d{2}|\\d{4}") ? Integer.parseInt(name) : -1;
    }

    private static Optional<LocalDate> day(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(number(year), number(month), number(day)));
        } catch (DateTimeException e) {
            return Optional.empty(); // A foreign folder.
        }
    }

    private static boolean isRun(String connector, String day, String run) {
        try {
            LandingPath.containing(connector + "/" + day + "/" + run + "/1.json.gz");
            return true;
        } catch (IllegalArgumentException | DateTimeException e) {
            return false; // A foreign folder.
        }
    }
}
