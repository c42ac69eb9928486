package org.chatarchiver.faults;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.chatarchiver.ChatArchiver;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The archiver with crash points in it, and with a clock that is ahead: a process that was killed is started again minutes later. */
public final class CrashingArchiver {
    /** How far its clock is ahead, as {@link Duration}. */
    static final String AHEAD = "crash.ahead";

    private CrashingArchiver() {}

    public static void main(String[] args) {
        Arrays.stream(System.getProperty(Crash.POINTS).split(","))
                .filter(name -> !name.isEmpty())
                .map(CrashPoint::valueOf)
                .forEach(Crash::arm);
        CrashAgent.install(Crash.armed());
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.parse(System.getProperty(AHEAD)));
        new SpringApplicationBuilder(ChatArchiver.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("clock", clock))
                .run(args);
    }
}
