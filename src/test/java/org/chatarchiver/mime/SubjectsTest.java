package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    @ParameterizedTest
    @CsvSource({
        "CHAT, WeChat message from Ann Lee to Ben",
        "VOICE_CALL, WeChat voice call from Ann Lee to Ben",
        "VIDEO_CALL, WeChat video call from Ann Lee to Ben",
        "CALL_LOG, WeChat call from Ann Lee to Ben",
        "EDIT, EDIT: WeChat message from Ann Lee to Ben",
        "RECALL_FOR_ALL, DELETED For All: WeChat message from Ann Lee to Ben",
        "RECALL_FOR_ME, DELETED For Me: WeChat message from Ann Lee to Ben",
        "REACTION, WeChat reaction from Ann Lee to Ben",
        "UNKNOWN, WeChat item from Ann Lee to Ben"
    })
    void namesKindSenderAndRecipient(Kind kind, String subject) {
        assertThat(Subjects.of(ArchivedMessages.a(kind).archived())).isEqualTo(subject);
    }

    @Test
    void namesTheGroupInsteadOfItsMembers() {
        ArchivedMessages letters =
                ArchivedMessages.chat().to(ArchivedMessages.BEN, Party.of("3")).group("g1", "Deal team");
        assertThat(Subjects.of(letters.archived())).isEqualTo("WeChat message from Ann Lee to chat group Deal team");
        assertThat(Subjects.of(letters.group("g1", " ").archived()))
                .isEqualTo("WeChat message from Ann Lee to chat group g1");
    }

    @Test
    void namesTheGroupAndWhatHappenedToIt() {
        ArchivedMessages letters =
                ArchivedMessages.a(Kind.GROUP_EVENT).event("Join").group("g1", "Deal team");
        assertThat(Subjects.of(letters.archived())).isEqualTo("WeChat group Deal team: Join");
    }

    @Test
    void countsFurtherRecipientsOnceEachAndWithoutTheSender() {
        ArchivedMessages letters = ArchivedMessages.chat()
                .to(ArchivedMessages.BEN, Party.of("3"), Party.of("3"), ArchivedMessages.ANN, Party.of("4"));
        assertThat(Subjects.of(letters.archived())).isEqualTo("WeChat message from Ann Lee to Ben and 2 others");
        assertThat(Subjects.of(letters.to(ArchivedMessages.BEN, Party.of("3")).archived()))
                .isEqualTo("WeChat message from Ann Lee to Ben and 1 other");
        assertThat(Subjects.of(letters.to().archived())).isEqualTo("WeChat message from Ann Lee");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200B", "\uFE0F", "\u00A0\u3164"})
    void tellsAReactionThatWasTakenBack(String nothing) {
        ArchivedMessages letters = ArchivedMessages.a(Kind.REACTION).text(nothing);
        assertThat(Subjects.of(letters.archived())).isEqualTo("TAKEN BACK: WeChat reaction from Ann Lee to Ben");
        assertThat(Mime4jReader.read(letters.mime()).plain())
                .startsWith("A reaction to a message was taken back\r\n")
                .doesNotContain("Reaction:");
        assertThat(Subjects.of(letters.files(ArchivedMessages.file("heart.webp", "image/webp", "x"))
                        .archived()))
                .isEqualTo("WeChat reaction from Ann Lee to Ben");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u2764\uFE0F",
                "\uD83D\uDC4D\uD83C\uDFFD",
                "\uD83C\uDFFD",
                "\uD83D\uDC69\u200D\uD83D\uDC67",
                "[Smile]",
                "1",
                "0\uFE0F\u20E3"
            })
    void aReactionThatIsAnyEmojiOrWordIsShown(String emoji) {
        ArchivedMessages letters = ArchivedMessages.a(Kind.REACTION).text(emoji);
        assertThat(Subjects.of(letters.archived())).isEqualTo("WeChat reaction from Ann Lee to Ben");
        assertThat(Mime4jReader.read(letters.mime()).plain()).contains("Reaction:\r\n" + emoji + "\r\n");
    }

    @Test
    void aCallOfSeveralIsUnansweredWhereNobodyTookIt() {
        Call missed = new Call(ArchivedMessages.BEN, 2, null, null, null);
        Call rejected = new Call(null, 5, null, null, null);
        Call taken = new Call(ArchivedMessages.ANN, 1, null, null, null);
        assertThat(Subjects.of(ArchivedMessages.a(Kind.VOICE_CALL)
                        .call(missed, rejected)
                        .archived()))
                .isEqualTo("Unanswered WeChat voice call from Ann Lee to Ben");
        assertThat(Subjects.of(ArchivedMessages.a(Kind.VOICE_CALL)
                        .call(missed, taken, rejected)
                        .archived()))
                .isEqualTo("WeChat voice call from Ann Lee to Ben");
    }

    @Test
    void aCallThatCameWithAnUnknownKindIsInItsBody() {
        ArchivedMessages letters = ArchivedMessages.a(Kind.UNKNOWN)
                .call(new Call(ArchivedMessages.BEN, 1, null, null, Duration.ofHours(100)));
        assertThat(Mime4jReader.read(letters.mime()).plain())
                .contains("Participant: Ben (wxid_ben)\r\n", "Duration: 100:00:00\r\n", "Status: 1 Call OK\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200B", "\u2060\u2060", "\u3164", "\u2800 \u2800", "\uFEFF"})
    void namesThatShowNothingAreNone(String nothing) {
        ArchivedMessages letters = ArchivedMessages.chat()
                .from(new Party("+447700900123", nothing, "", ""))
                .to(new Party("wxid_ben", nothing, nothing, ""));
        assertThat(Subjects.of(letters.archived())).isEqualTo("WeChat message from +447700900123 to wxid_ben");
        assertThat(Subjects.of(letters.group("g1", nothing).archived()))
                .isEqualTo("WeChat message from +447700900123 to chat group g1");
        assertThat(Mime4jReader.read(letters.mime()).from())
                .containsExactly(new ReadBack.Person("+447700900123", "447700900123@wechat.invalid"));
        assertThat(Mime4jReader.read(ArchivedMessages.a(Kind.GROUP_EVENT)
                                .group("g1", nothing)
                                .event("Rename")
                                .text("")
                                .mime())
                        .plain())
                .contains("Group: g1\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\uD83D\uDC4D\uD83C\uDFFD",
                "\uD83C\uDDE9\uD83C\uDDEA",
                "\u2764\uFE0F\u200D\uD83D\uDD25",
                "e\u0301\u0302",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F"
            })
    void aNameIsNeverCutWithinASign(String sign) {
        for (int before = 100 - sign.length(); before < 100; before++) {
            String name = "n".repeat(before) + sign + "n".repeat(20);
            assertThat(Clean.shortened(name, 100))
                    .isIn("n".repeat(before) + "\u2026", "n".repeat(before) + sign + "\u2026");
        }
        String file = FileNames.safe(ArchivedMessages.file(sign.repeat(80) + ".jpg", "image/jpeg", ""), 1);
        assertThat(file.replace(sign, "")).isEqualTo(".jpg");
    }

    @Test
    void aHeapOfMarksIsCutAnywhere() {
        assertThat(Clean.shortened("x" + "\u0301".repeat(200), 100)).hasSize(100);
    }

    @Test
    void tellsAnUnansweredCall() {
        ArchivedMessages letters = ArchivedMessages.a(Kind.VOICE_CALL).call(new Call(null, 2, null, null, null));
        assertThat(Subjects.of(letters.archived())).isEqualTo("Unanswered WeChat voice call from Ann Lee to Ben");
        assertThat(Subjects.of(letters.call(new Call(null, 8, null, null, null)).archived()))
                .isEqualTo("WeChat voice call from Ann Lee to Ben");
    }

    @Test
    void namesTheFirstFile() {
        ArchivedMessages letters =
                ArchivedMessages.a(Kind.ATTACHMENT).files(ArchivedMessages.file("../a.pdf", "application/pdf", ""));
        assertThat(Subjects.of(letters.archived())).isEqualTo("WeChat file from Ann Lee to Ben: a.pdf");
    }

    @Test
    void takesTheOwnerOfAnOutgoingMessageForAMissingSender() {
        assertThat(Subjects.of(ArchivedMessages.chat().from(null).archived()))
                .startsWith("WeChat message from +447700900123 to");
        assertThat(Subjects.of(ArchivedMessages.chat()
                        .from(null)
                        .owner(Direction.IN, "+44")
                        .archived()))
                .startsWith("WeChat message from unknown to");
    }

    @ParameterizedTest
    @CsvSource({
        "WeChat Archiver, WECHAT, WeChat",
        "WhatsApp Archiver, WHATSAPP, WhatsApp",
        "Android Archiver, ANDROID, Android",
        "AT&T SMS/MMS Network Archiver, ATT, AT&T SMS/MMS",
        "Bell SMS/MMS Network Archiver, BELL, Bell SMS/MMS",
        "Enterprise Number Archiver, ENTERPRISE_NUMBER, Enterprise Number",
        "O2 SMS and Voice Network Archiver, O2, O2 SMS and Voice",
        "Rogers SMS/MMS Network Archiver, ROGERS, Rogers SMS/MMS",
        "Signal Archiver, SIGNAL, Signal",
        "Telegram Archiver, TELEGRAM, Telegram",
        "TELUS SMS Network Archiver, TELUS, TELUS SMS",
        "Verizon SMS/MMS Network Archiver, VERIZON, Verizon SMS/MMS",
        "WhatsApp of London, WHATSAPP, WhatsApp of London",
    })
    void callsTheNetworkAsTheConnectorDoes(String connector, String network, String expected) {
        assertThat(Subjects.network(
                        ArchivedMessages.chat().connector(connector, network).archived()))
                .isEqualTo(expected);
    }
}
