package org.chatarchiver.routing;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.chatarchiver.landing.LandingProperties;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The command {@code check-routes <directory> [--setting=value ...]}, for a pipeline: holds route files against everything that a running
 * archiver would hold them against, but for what its ledger knows. Nothing is started, opened or written.
 */
public final class CheckRoutes {
    public static final String NAME = "check-routes";
    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int USAGE = 2;

    private CheckRoutes() {}

    /** @return the exit code: 0 for good files, 1 for bad ones, 2 where there is no such directory */
    public static int run(Class<?> application, String[] arguments, PrintStream out) {
        if (arguments.length < 2 || !Files.isDirectory(Path.of(arguments[1]))) {
            out.println("Usage: " + NAME + " <directory of route files> [--setting=value ...]");
            return USAGE;
        }
        SpringApplication program = new SpringApplication(application);
        program.setWebApplicationType(WebApplicationType.NONE);
        program.setBannerMode(Banner.Mode.OFF);
        program.setLogStartupInfo(false);
        program.setRegisterShutdownHook(false);
        program.setApplicationContextFactory(type -> new BeansByName());
        program.setDefaultProperties(
                Map.of("archiver.telemessage.base-url", "https://feed.invalid", "logging.level.root", "warn"));
        try (ConfigurableApplicationContext beans = program.run(Arrays.copyOfRange(arguments, 2, arguments.length))) {
            return told(check(beans, Path.of(arguments[1])), out);
        }
    }

    private static RouteChecks.Found check(ConfigurableApplicationContext beans, Path routes) {
        RouteJudge judge = new RouteJudge(
                new TrialBeans(beans)::type,
                new RouteTrial(beans, beans.getEnvironment()),
                new ConnectorJudge(beans.getBean(RoutesProperties.class).networks(), id -> Optional.empty()));
        return new RouteChecks(judge, beans.getBean(LandingProperties.class)).check(routes);
    }

    private static int told(RouteChecks.Found found, PrintStream out) {
        found.warnings().forEach(warning -> out.println("warning: " + warning));
        found.problems().forEach(problem -> out.println("error: " + problem));
        out.println(
                found.problems().isEmpty() ? "The route files are good." : "The route files would not be in force.");
        return found.problems().isEmpty() ? GOOD : BAD;
    }
}
