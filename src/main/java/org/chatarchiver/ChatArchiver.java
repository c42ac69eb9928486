package org.chatarchiver;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The archiver as a process: Camel routes from {@code archiver.routes}, the REST API and health on one port. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatArchiver {
    private static final int REFUSED = 1;
    private static final Duration LONGEST_END = Duration.ofMinutes(1);

    /** A start that is refused has said why, and ends the process: no thread that it left behind keeps it alive. */
    public static void main(String[] args) {
        try {
            SpringApplication.run(ChatArchiver.class, args);
        } catch (RuntimeException | Error refused) {
            haltIfTheEndTakesTooLong();
            System.exit(REFUSED);
        }
    }

    /** Shutdown hooks of libraries run at the end, and one that waits would have a supervisor wait with it. */
    private static void haltIfTheEndTakesTooLong() {
        TimerTask halt = new TimerTask() {
            @Override
            public void run() {
                Runtime.getRuntime().halt(REFUSED);
            }
        };
        new Timer("end-watch", true).schedule(halt, LONGEST_END.toMillis());
    }
}
