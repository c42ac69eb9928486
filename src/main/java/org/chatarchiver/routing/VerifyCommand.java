package org.chatarchiver.routing;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.chatarchiver.collect.LeaseRenewal;
import org.chatarchiver.landing.LandingProperties;
import org.chatarchiver.ledger.PeriodVerifications;
import org.chatarchiver.ledger.Verifications;
import org.chatarchiver.message.Printable;
import org.chatarchiver.routing.RouteUnits.Unit;
import org.chatarchiver.routing.RunningRoutes.NotStarted;
import org.chatarchiver.verify.Verifying;
import org.chatarchiver.verify.VerifyingPeriods;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * The command {@code verify [--connector=ID] --from=... --to=... [--json] [--setting=value ...]}: verifies the runs of a period, one after
 * the other, with the settings and in the directory of the archiver. It opens the ledger, the landing zone and the mailboxes, and starts
 * nothing that collects or delivers. Killed and called again, it goes on where it was.
 */
public final class VerifyCommand {
    public static final String NAME = "verify";

    /** H2: the file is open in another process. */
    private static final int DATABASE_ALREADY_OPEN = 90020;

    private static final Set<String> ROUTES =
            Set.of("verify-run", "verify-page", "read-folder", "look-for-items", "read-mapping");
    private static final String LANDING = "landing/";

    private VerifyCommand() {}

    /**
     * What was asked for.
     *
     * @param connector null for all
     * @param settings what is the archiver's
     */
    private record Wish(String connector, Instant from, Instant to, boolean json, List<String> settings) {
        static Wish of(String[] arguments) {
            Map<String, String> own = new LinkedHashMap<>();
            List<String> settings = new ArrayList<>();
            for (String argument : List.of(arguments).subList(1, arguments.length)) {
                String[] parts = argument.split("=", 2);
                if (parts[0].equals("--json") && parts.length == 1) {
                    own.put(parts[0], "");
                } else if (parts.length == 2
                        && Set.of("--connector", "--from", "--to").contains(parts[0])) {
                    own.put(parts[0], parts[1]);
                } else {
                    settings.add(argument);
                }
            }
            Wish wish = new Wish(
                    own.get("--connector"),
                    time(own.get("--from")),
                    time(own.get("--to")),
                    own.containsKey("--json"),
                    settings);
            return wish.from == null || wish.to == null || !wish.from.isBefore(wish.to) ? null : wish;
        }

        private static Instant time(String text) {
            try {
                if (text == null) {
                    return null;
                }
                return text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }

    /**
     * @param out for what was found
     * @param progress for how far it is, and for what keeps it from being done
     * @return the exit code: 0 where nothing differs, 1 for differences, 2 where not all could be verified
     */
    public static int run(Class<?> application, String[] arguments, PrintStream out, PrintStream progress) {
        Wish wish = Wish.of(arguments);
        if (wish == null) {
            progress.println(
                    "Usage: " + NAME + " [--connector=ID] --from=TIME --to=TIME [--json] [--setting=value ...]");
            progress.println(
                    "A TIME is a day in UTC or an instant, such as 2026-11-01 or 2026-11-01T06:00:00Z; --to is the first"
                            + " that is not in the period any more");
            return VerifyReport.NOT_DONE;
        }
        SpringApplication program = new SpringApplication(application);
        program.setWebApplicationType(WebApplicationType.NONE);
        program.setBannerMode(Banner.Mode.OFF);
        program.setLogStartupInfo(false);
        program.setRegisterShutdownHook(false);
        program.setAdditionalProfiles("command");
        program.setApplicationContextFactory(type -> new BeansByName());
        program.setDefaultProperties(
                Map.of("archiver.telemessage.base-url", "https://feed.invalid", "logging.level.root", "off"));
        try (ConfigurableApplicationContext beans = program.run(wish.settings.toArray(String[]::new))) {
            return verify(beans, wish, out, progress);
        } catch (RuntimeException | NotStarted e) {
            progress.println("error: " + sentence(e));
            return VerifyReport.NOT_DONE;
        }
    }

    private static int verify(ConfigurableApplicationContext beans, Wish wish, PrintStream out, PrintStream progress)
            throws NotStarted {
        Verifications verifications = beans.getBean(Verifications.class);
        PeriodRuns runs = new PeriodRuns(beans.getBean(PeriodVerifications.class), wish.connector, wish.from, wish.to);
        VerifyReport report = new VerifyReport(beans.getBean(Verifying.class), verifications, wish.json, out, progress);
        if (runs.count() == 0) {
            progress.println("error: There is no run of " + (wish.connector == null ? "any connector" : wish.connector)
                    + " whose window has a part in " + wish.from + " to " + wish.to + ": nothing was verified");
            return VerifyReport.NOT_DONE;
        }
        CamelContext camel = beans.getBean(CamelContext.class);
        new RunningRoutes(camel).add(routes(beans));
        camel.start();
        LeaseRenewal leases = beans.getBean(LeaseRenewal.class);
        leases.start();
        try {
            return report.of(runs, beans.getBean(VerifyingPeriods.class).inTurn(wish.from, wish.to), user());
        } finally {
            camel.stop();
            leases.stop();
        }
    }

    private static List<Unit> routes(ConfigurableApplicationContext beans) {
        RoutesProperties properties = beans.getBean(RoutesProperties.class);
        RouteSet files = RouteSet.read(
                properties.routes(), beans.getBean(LandingProperties.class).landing());
        Collection<Unit> all = RouteUnits.of(files.files()).all();
        List<Unit> units = all.stream()
                .filter(unit -> ROUTES.contains(unit.id()) || unit.file().name().startsWith(LANDING))
                .toList();
        if (units.stream().map(Unit::id).filter(ROUTES::contains).count() < ROUTES.size()) {
            throw new IllegalStateException("The routes " + ROUTES + " are not all in archiver.routes ("
                    + properties.routes() + "); start the command in the archiver's directory, with its settings");
        }
        return units;
    }

    private static String user() {
        return System.getProperty("user.name") + " (command " + NAME + ")";
    }

    private static String sentence(Exception failure) {
        boolean ledger = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == DATABASE_ALREADY_OPEN) {
                return "The ledger in archiver.data is open in the archiver that runs. Ask that one, by POST /api/verify or at its"
                        + " console, or stop it first; with PostgreSQL this command works beside it";
            }
            ledger |= cause instanceof SQLException;
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        String words = Printable.of(root.getMessage() == null ? root.toString() : root.getMessage());
        return ledger
                ? "The ledger (spring.datasource.url, username and password) cannot be used: " + words
                        + "; check that the database is there, and that the command has the archiver's settings"
                : words;
    }
}
