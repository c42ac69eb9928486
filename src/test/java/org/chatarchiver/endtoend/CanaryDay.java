package org.chatarchiver.endtoend;

import static org.awaitility.Awaitility.await;
import static org.chatarchiver.endtoend.HawtioBed.ADMIN;
import static org.chatarchiver.endtoend.HawtioBed.CLIENT_SECRET;
import static org.chatarchiver.endtoend.HawtioBed.PASSWORD;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.chatarchiver.channel.Closing;
import org.chatarchiver.collect.RequeueWishes;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.SearchLists;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.FeedSimulator;

/** A day on which every secret is in use, every message has something to hide, and everything goes wrong that can. */
final class CanaryDay implements AutoCloseable {
    private static final String FEED = "FeedPassword-canary-4721";
    private static final String GUESSED = "GuessedPassword-canary-4722";
    private static final String EXCHANGE = "ExchangePassword-canary-4723";
    private static final String BROKER = "BrokerPassword-canary-4724";
    private static final String ALERTS = "AlertsPassword-canary-4725";
    private static final String TEXT = "TextOfAMessage-canary-4731";
    private static final String FORMER = "TextBeforeTheEdit-canary-4732";
    private static final String SUBJECT = "SubjectOfAMessage-canary-4733";
    private static final String FILE = "ContentOfAFile-canary-4734";
    private static final String NAME = "NameOfAFile-canary-4735";
    private static final String GROUP = "NameOfAGroup-canary-4736";
    private static final String PERSON = "NameOfAPerson-canary-4737";
    private static final int TRIES = 5;

    private final HawtioBed hawtio;
    private final TestBed bed;
    private final Canaries canaries;
    private final CanaryDoors doors;
    private RunReport run;

    CanaryDay(Path folder) throws Exception {
        hawtio = new HawtioBed(folder, settings -> settings.set("archiver.exchange.imap.username", "archiver")
                .set("archiver.exchange.imap.password", EXCHANGE)
                .set("archiver.broker.password", BROKER)
                .set("archiver.alerts.password", ALERTS)
                .set("archiver.limits.item", "1MB")
                .set("archiver.telemessage.max-download", "1MB")
                .set("archiver.telemessage.retry.refused", "1s"));
        bed = hawtio.bed();
        doors = new CanaryDoors(bed);
        canaries = new Canaries()
                .add("the password of the feed", FEED)
                .add("the log-in at the feed", "ops:" + FEED)
                .add("a password that somebody tried", GUESSED)
                .add("the password of Exchange", EXCHANGE)
                .add("the password of the broker", BROKER)
                .add("the password of the alerts' mail server", ALERTS)
                .add("the token of the mail server", hawtio.mail().token())
                .add(
                        "the password of a trust store",
                        hawtio.mail().certificate().password())
                .add("a client's secret", CLIENT_SECRET)
                .add("a user's password", PASSWORD)
                .add(
                        "the password of the first administrator",
                        bed.archiver().admin().read().value().orElse(PASSWORD))
                .add("the text of a message", TEXT)
                .add("the text before an edit", FORMER)
                .add("the subject of a message", SUBJECT)
                .add("the content of a file", FILE)
                .add("the name of a file", NAME)
                .add("the name of a group", GROUP)
                .add("the name of a person", PERSON);
        Files.writeString(bed.home().data().resolve("secrets/wechat/password"), FEED);
        bed.feed().account(new FeedAccount("ops", FEED, Set.of("WECHAT")));
        live();
    }

    private void live() throws Exception {
        polls();
        messages();
        doors.tell(FEED, GUESSED);
        for (Channel channel : Channel.values()) {
            whatAnAdministratorDoes(channel);
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> ChannelRoutes.untold(bed.archiver()) == 0);
        while (bed.archiver().bean(SearchLists.class).enter()) {
            continue;
        }
    }

    private void polls() throws IOException {
        for (int status : new int[] {401, 403, 500}) {
            TestBed.Window window = filled("refused-" + status);
            bed.feed().fail(status == 500 ? TRIES : 1, status, null);
            bed.run(window);
        }
        for (String body : new String[] {
            "<html>" + TEXT,
            "{\"messages\": [{\"messageId\": \"x\", \"textContent\": \"" + TEXT,
            "{\"" + TEXT + "\": " + TEXT
        }) {
            TestBed.Window window = filled("no-page-" + body.length());
            bed.feed().fault(TRIES, Fault.body(body));
            bed.run(window);
        }
        TestBed.Window cut = filled("cut");
        bed.feed().fault(TRIES, new Fault.CutContent());
        bed.run(cut);
        TestBed.Window differs = filled("differs");
        bed.feed().fault(1, new Fault.WrongTotal(1));
        bed.run(differs);
        TestBed.Window elsewhere = filled("elsewhere");
        bed.feed().fault(1, Fault.redirect("https://" + GUESSED + "@elsewhere.invalid/login?token=" + GUESSED));
        bed.run(elsewhere);
        Path secret = bed.home().data().resolve("secrets/wechat/password");
        Files.writeString(secret, GUESSED);
        bed.run(filled("wrong-password"));
        Files.writeString(secret, FEED);
    }

    /** A run that ends with entries in all channels but the source's. */
    private void messages() {
        TestBed.Window window = filled("good");
        bed.add(window, message("no-time").putNull("messageTime"));
        bed.add(window, message("to-is-no-list").put("to", TEXT));
        ObjectNode list = message("text-is-a-list");
        list.putArray("textContent").add(TEXT);
        bed.add(window, list);
        bed.add(window, ("\"" + TEXT + "\"").getBytes(StandardCharsets.UTF_8));
        bed.add(window, message("unmapped").put("msisdn", "+447700900199").put("from", "+447700900199"));
        bed.add(window, message("large").put("textContent", TEXT.repeat(60_000)));
        bed.add(window, file("no-base64", FILE + " is *not* base64"));
        bed.feed()
                .attachment("film", out -> out.write((FILE + " ").repeat(80_000).getBytes(StandardCharsets.UTF_8)));
        bed.add(window, byHref("too-large", FeedSimulator.ATTACHMENTS + "film"));
        bed.add(window, byHref("gone", FeedSimulator.ATTACHMENTS + "gone"));
        bed.add(window, byHref("foreign", "https://elsewhere.invalid/file"));
        bed.add(window, message("EDIT-good0-1").put("previousText", FORMER));
        bed.add(window, message("DELETE_FOR_ALL-good0"));
        run = bed.run(window);
        bed.run(window, true);
    }

    private void whatAnAdministratorDoes(Channel channel) {
        Channels channels = bed.archiver().bean(Channels.class);
        channels.list(channel, 1, 0).stream().map(Channels.Entry::id).forEach(id -> {
            Closing closing = bed.archiver().bean(Closing.class);
            closing.close(channel, List.of(id), ADMIN, "Agreed.");
            closing.reopen(channel, List.of(id), ADMIN, "A mistake.");
        });
        bed.archiver().bean(RequeueWishes.class).requeue(channel, List.of(), ADMIN);
    }

    private TestBed.Window filled(String name) {
        TestBed.Window window = bed.window();
        bed.add(window, message(name + "0"));
        bed.add(
                window,
                file(name + "-file", Base64.getEncoder().encodeToString(FILE.getBytes(StandardCharsets.UTF_8))));
        return window;
    }

    private static ObjectNode message(String id) {
        ObjectNode message = TestBed.text(id, TEXT)
                .put("subject", SUBJECT)
                .put("groupMessage", true)
                .put("dialogGroupId", "group-1")
                .put("dialogGroupName", GROUP);
        message.putObject("fromEnriched")
                .put("value", "+447700900123")
                .putObject("fullName")
                .put("firstName", PERSON);
        return message;
    }

    private static ObjectNode file(String id, String content) {
        ObjectNode message = message(id);
        message.putArray("attachment")
                .addObject()
                .put("name", NAME + ".pdf")
                .put("contentType", "application/pdf")
                .put("content", content);
        return message;
    }

    private static ObjectNode byHref(String id, String href) {
        ObjectNode message = message(id);
        message.putArray("attachment").addObject().put("name", NAME + ".pdf").put("href", href);
        return message;
    }

    /** Of the run that has every kind of entry. */
    RunReport run() {
        return run;
    }

    TestBed bed() {
        return bed;
    }

    HawtioBed hawtio() {
        return hawtio;
    }

    /** A connector that is still being set up. */
    String draft() {
        return doors.draft();
    }

    /** What was answered to those who gave a password. */
    List<String> answers() {
        return doors.answers();
    }

    Canaries canaries() {
        return canaries;
    }

    @Override
    public void close() throws IOException {
        hawtio.close();
    }
}
