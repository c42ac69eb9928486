package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.chatarchiver.connector.Connector;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks beside WeChat and WhatsApp, each with what it brings along: text and picture messages, calls, channels, ids that are no numbers. */
class OtherNetworksTest {
    private static final String OWNER = "+447700900101";

    @TempDir
    static Path folder;

    private static SmallDay day;
    private static RunningArchiver archiver;

    @BeforeAll
    static void start() throws IOException {
        day = new SmallDay(folder);
        day.feed.account(new FeedAccount("ops", SmallDay.PASSWORD, Set.copyOf(FeedAccount.NETWORKS)));
        for (String network : FeedAccount.NETWORKS.subList(2, FeedAccount.NETWORKS.size())) {
            String id = id(network);
            day.home.added(
                    new Connector(id, name(network), network, name(network), SmallDay.NEVER, "ops", "", false),
                    "External User ID,Microsoft 365 User Mailbox\n" + OWNER + "," + SmallDay.MAILBOX + "\n",
                    SmallDay.PASSWORD);
        }
        archiver = day.settings().start();
    }

    @AfterAll
    static void stop() throws IOException {
        archiver.close();
        day.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ANDROID, Android, android",
        "ATT, AT&T SMS/MMS, att",
        "BELL, Bell SMS/MMS, bell",
        "ENTERPRISE_NUMBER, Enterprise Number, enterprise-number",
        "O2, O2 SMS and Voice, o2",
        "ROGERS, Rogers SMS/MMS, rogers",
        "SIGNAL, Signal, signal",
        "TELEGRAM, Telegram, telegram",
        "TELUS, TELUS SMS, telus",
        "VERIZON, Verizon SMS/MMS, verizon"
    })
    void whatItBringsIsFiledInItsFolderAndReadsAsPeopleCallIt(String network, String called, String domain)
            throws Exception {
        sent(
                network,
                "sms",
                "\"messageContext\":\"pager-message\",\"to\":[\"72345\",\"BANK\"],\"textContent\":\"Your code\"");
        sent(
                network,
                "mms",
                "\"messageContext\":\"multimedia-message\",\"to\":[\"guest@gateway.example\"],\"subject\":\"Holiday\","
                        + "\"textContent\":\"Look\",\"attachment\":[{\"name\":\"sea.png\",\"contentType\":\"image/png\",\"content\":\"aGk=\"}]");
        sent(
                network,
                "call",
                "\"messageContext\":\"voice-call\",\"to\":[\"+447700900999\"],\"callInfo\":{\"callStatus\":2,\"startTime\":"
                        + day.received() + "}");
        sent(
                network,
                "group",
                "\"messageContext\":\"app-message\",\"groupMessage\":true,\"dialogGroupId\":\"-1001234567890\",\"dialogGroupName\":\"Team\","
                        + "\"to\":[\"@ben_k\",\"5123456789012\",\"9f1c1a4e-1c2b-4d3e-8f5a-6b7c8d9e0f10\"],\"textContent\":\"Hello all\"");

        RunReport report = day.run(archiver, id(network));

        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.imported()).as(report.toString()).isEqualTo(4);
        assertThat(report.failedByReason()).isEmpty();
        Map<String, MimeMessage> read = read(network);
        String sender = " from " + OWNER;
        assertThat(subject(read, "sms")).isEqualTo(called + " message" + sender + " to 72345 and 1 other");
        assertThat(subject(read, "mms")).isEqualTo(called + " file" + sender + " to guest@gateway.example: sea.png");
        assertThat(subject(read, "call"))
                .isEqualTo("Unanswered " + called + " voice call" + sender + " to +447700900999");
        assertThat(subject(read, "group")).isEqualTo(called + " message" + sender + " to chat group Team");
        assertThat(read.values()).allSatisfy(one -> {
            assertThat(one.getHeader("X-Archive-Network", null)).isEqualTo(network);
            assertThat(one.getHeader("From", null))
                    .isEqualTo("\"" + OWNER + "\" <447700900101@" + domain + ".invalid>");
            assertThat(one.getHeader("Content-Class", null))
                    .isEqualTo("urn:content-class:custom." + name(network).replace(" ", ""));
        });
        assertThat(read.get("mms").getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("\"guest@gateway.example\" <guest%40gateway.example@" + domain + ".invalid>");
        assertThat(read.get("group").getAllRecipients()).hasSize(3);
    }

    private static String subject(Map<String, MimeMessage> read, String id) throws Exception {
        return read.get(id).getSubject();
    }

    private static Map<String, MimeMessage> read(String network) throws Exception {
        Map<String, MimeMessage> read = new TreeMap<>();
        for (String email : day.mail.emails(SmallDay.MAILBOX, name(network))) {
            MimeMessage one =
                    new MimeMessage(null, new ByteArrayInputStream(email.getBytes(StandardCharsets.ISO_8859_1)));
            read.put(one.getHeader("X-Archive-Source-Id", null), one);
        }
        return read;
    }

    private static void sent(String network, String id, String fields) {
        Instant received = Instant.ofEpochMilli(day.received());
        day.feed.add(
                network,
                received,
                String.format(
                                Locale.ROOT,
                                "{\"messageId\":\"%s\",\"messageTime\":%d,\"direction\":\"Out\",\"msisdn\":\"%s\",\"from\":\"%s\",%s}",
                                id,
                                received.toEpochMilli(),
                                OWNER,
                                OWNER,
                                fields)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String id(String network) {
        return network.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As TeleMessage's connectors are called, and the folders. */
    private static String name(String network) {
        return switch (network) {
            case "ATT" -> "AT&T SMS/MMS Network Archiver";
            case "BELL" -> "Bell SMS/MMS Network Archiver";
            case "ENTERPRISE_NUMBER" -> "Enterprise Number Archiver";
            case "O2" -> "O2 SMS and Voice Network Archiver";
            case "ROGERS" -> "Rogers SMS/MMS Network Archiver";
            case "TELUS" -> "TELUS SMS Network Archiver";
            case "VERIZON" -> "Verizon SMS/MMS Network Archiver";
            default -> network.charAt(0) + network.substring(1).toLowerCase(Locale.ROOT) + " Archiver";
        };
    }
}
