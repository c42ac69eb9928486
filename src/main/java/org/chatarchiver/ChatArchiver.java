package org.chatarchiver;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.chatarchiver.evidence.EvidenceCommand;
import org.chatarchiver.routing.CheckRoutes;
import org.chatarchiver.routing.VerifyCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The archiver as a process: Camel routes from {@code archiver.routes}, the REST API and health on one port. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ChatArchiver {
    private static final int REFUSED = 1;
    private static final String LARGEST_COPY_KEPT = "jdk.nio.maxCachedBufferSize";
    private static final Duration LONGEST_END = Duration.ofMinutes(1);

    /** A start that is refused has said why, and ends the process: no thread that it left behind keeps it alive. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(CheckRoutes.NAME)) {
            System.exit(CheckRoutes.run(ChatArchiver.class, args, standardOutput()));
        }
        if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
            System.exit(VerifyCommand.run(ChatArchiver.class, args, standardOutput(), standardError()));
        }
        if (args.length > 0 && args[0].equals(EvidenceCommand.NAME)) {
            System.exit(EvidenceCommand.run(args, standardOutput()));
        }
        keepNoLargeCopiesOutsideTheHeap();
        try {
            SpringApplication.run(ChatArchiver.class, args);
        } catch (RuntimeException | Error refused) {
            haltIfTheEndTakesTooLong();
            System.exit(REFUSED);
        }
    }

    private static PrintStream standardOutput() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    private static PrintStream standardError() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    /**
     * The JDK writes from the heap by way of a copy outside it, which each thread keeps at the size of the largest
     * ever written; the ledger's file is written in parts of megabytes.
     */
    private static void keepNoLargeCopiesOutsideTheHeap() {
        if (System.getProperty(LARGEST_COPY_KEPT) == null) {
            System.setProperty(LARGEST_COPY_KEPT, String.valueOf(256 * 1024));
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
