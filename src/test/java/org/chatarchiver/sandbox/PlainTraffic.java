package org.chatarchiver.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chatarchiver.message.Kind;

/** Short texts only, for measuring: each for one mailbox, to or from somebody outside. */
public final class PlainTraffic {
    private PlainTraffic() {}

    /** {@code user1@example.com} and so on. */
    public static List<String> mailboxes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "user" + n + "@example.com")
                .toList();
    }

    /** The mapping file of these mailboxes, in this order. */
    public static String mapping(List<String> mailboxes) {
        return IntStream.range(0, mailboxes.size())
                .mapToObj(n -> number(n) + "," + mailboxes.get(n) + "\r\n")
                .collect(Collectors.joining("", "External User ID,Microsoft 365 User Mailbox\r\n", ""));
    }

    /** WeChat texts, spread evenly over [from, to), the mailboxes in turn. The same arguments give the same messages. */
    public static List<Sample> texts(int count, List<String> mailboxes, Instant from, Instant to) {
        Random random = new Random(count);
        Duration step = Duration.between(from, to).dividedBy(Math.max(count, 1));
        List<Sample> samples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int n = i % mailboxes.size();
            Instant received = from.plus(step.multipliedBy(i));
            Person owner =
                    new Person("en", "User", Integer.toString(n + 1), number(n), number(n), "", Person.Standing.MAPPED);
            Person other = new Person(
                    "en",
                    "Guest",
                    Integer.toString(n + 1),
                    String.format(Locale.ROOT, "+1212555%04d", 5000 + n),
                    "wxid_guest" + n,
                    "",
                    Person.Standing.OUTSIDE);
            Talk talk = Talk.between(SampleTraffic.WECHAT, owner, other, i % 2 == 0);
            String id = "TEXT-" + i;
            ObjectNode json =
                    MessageJson.message(id, "app-message", received.truncatedTo(ChronoUnit.SECONDS), talk, random);
            MessageJson.text(json, i + ": " + Phrases.text("en", random));
            Expectation expected =
                    new Expectation(SampleTraffic.WECHAT, id, Kind.CHAT, Set.of(mailboxes.get(n)), Set.of(), null);
            samples.add(new Sample(
                    SampleTraffic.WECHAT,
                    received,
                    MessageWriter.of(MessageJson.bytes(json)),
                    Map.of(),
                    false,
                    expected));
        }
        return samples;
    }

    private static String number(int n) {
        return String.format(Locale.ROOT, "+1202555%04d", 2000 + n);
    }
}
