package org.chatarchiver.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.chatarchiver.ledger.Tellings;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;

/** The routes of the error channels, as operators may write them. */
final class ChannelRoutes {
    private static final String NOTIFICATION = "        - to: mock:told\n";
    private static final String STEP = "        - bean:\n            ref: channelLog\n            method: tell\n";

    private ChannelRoutes() {}

    /** Adds a notification to each of them. */
    static void notify(ArchiverHome home) throws IOException {
        steps(home, STEP + NOTIFICATION);
    }

    /** Puts these steps, eight columns in, into the place of theirs. */
    static void steps(ArchiverHome home, String steps) throws IOException {
        Path file = home.routes().resolve("errors.camel.yaml");
        Files.writeString(
                file, Files.readString(Path.of("routes/errors.camel.yaml")).replace(STEP, steps));
    }

    /** What the notifications have sent, oldest first. */
    static List<Exchange> told(RunningArchiver archiver) {
        return archiver.bean(CamelContext.class)
                .getEndpoint("mock:told", MockEndpoint.class)
                .getReceivedExchanges();
    }

    /** Channel and reason of each. */
    static List<String> reasons(RunningArchiver archiver) {
        return told(archiver).stream()
                .map(Exchange::getMessage)
                .map(message -> message.getHeader("channel") + " " + message.getHeader("reason"))
                .toList();
    }

    static long untold(RunningArchiver archiver) {
        return archiver.bean(Tellings.class).numbers().stream()
                .mapToLong(Tellings.Number::number)
                .sum();
    }
}
