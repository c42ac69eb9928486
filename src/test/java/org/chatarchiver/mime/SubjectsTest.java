package org.chatarchiver.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.message.Call;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(Subjects.of(Letters.a(kind).letter())).isEqualTo(subject);
    }

    @Test
    void namesTheGroupInsteadOfItsMembers() {
        Letters letters = Letters.chat().to(Letters.BEN, Party.of("3")).group("g1", "Deal team");
        assertThat(Subjects.of(letters.letter())).isEqualTo("WeChat message from Ann Lee to chat group Deal team");
        assertThat(Subjects.of(letters.group("g1", " ").letter()))
                .isEqualTo("WeChat message from Ann Lee to chat group g1");
    }

    @Test
    void namesTheGroupAndWhatHappenedToIt() {
        Letters letters = Letters.a(Kind.GROUP_EVENT).event("Join").group("g1", "Deal team");
        assertThat(Subjects.of(letters.letter())).isEqualTo("WeChat group Deal team: Join");
    }

    @Test
    void countsFurtherRecipientsOnceEachAndWithoutTheSender() {
        Letters letters = Letters.chat().to(Letters.BEN, Party.of("3"), Party.of("3"), Letters.ANN, Party.of("4"));
        assertThat(Subjects.of(letters.letter())).isEqualTo("WeChat message from Ann Lee to Ben and 2 others");
        assertThat(Subjects.of(letters.to(Letters.BEN, Party.of("3")).letter()))
                .isEqualTo("WeChat message from Ann Lee to Ben and 1 other");
        assertThat(Subjects.of(letters.to().letter())).isEqualTo("WeChat message from Ann Lee");
    }

    @Test
    void tellsAnUnansweredCall() {
        Letters letters = Letters.a(Kind.VOICE_CALL).call(new Call(2, null, null, null));
        assertThat(Subjects.of(letters.letter())).isEqualTo("Unanswered WeChat voice call from Ann Lee to Ben");
        assertThat(Subjects.of(letters.call(new Call(8, null, null, null)).letter()))
                .isEqualTo("WeChat voice call from Ann Lee to Ben");
    }

    @Test
    void namesTheFirstFile() {
        Letters letters = Letters.a(Kind.ATTACHMENT).files(Letters.file("../a.pdf", "application/pdf", ""));
        assertThat(Subjects.of(letters.letter())).isEqualTo("WeChat file from Ann Lee to Ben: a.pdf");
    }

    @Test
    void takesTheOwnerOfAnOutgoingMessageForAMissingSender() {
        assertThat(Subjects.of(Letters.chat().from(null).letter())).startsWith("WeChat message from +447700900123 to");
        assertThat(Subjects.of(
                        Letters.chat().from(null).owner(Direction.IN, "+44").letter()))
                .startsWith("WeChat message from unknown to");
    }

    @ParameterizedTest
    @CsvSource({
        "WeChat Archiver, WECHAT, WeChat",
        "AT&T SMS/MMS Network Archiver, ATT, AT&T SMS/MMS",
        "O2 SMS and Voice Network Archiver, O2, O2 SMS and Voice",
        "Enterprise Number Archiver, EN, Enterprise Number",
        "WhatsApp of London, WHATSAPP, WhatsApp of London",
    })
    void callsTheNetworkAsTheConnectorDoes(String connector, String network, String expected) {
        assertThat(Subjects.network(Letters.chat().connector(connector, network).letter()))
                .isEqualTo(expected);
    }
}
