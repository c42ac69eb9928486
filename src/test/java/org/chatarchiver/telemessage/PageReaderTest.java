package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.message.Attachment;
import org.chatarchiver.message.Call;
import org.chatarchiver.message.Content;
import org.chatarchiver.message.ContentDigest;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Group;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {
    @TempDir
    private Path directory;

    @Test
    void aMessageIsReadInFull() throws IOException {
        List<PageElement> elements = Pages.read(directory, """
                {"messageId":"EDIT-a-1-2","nativeId":99999999999999999999999,"messageContext":"app-message",
                 "messageTime":1763539200000,"direction":"Out","msisdn":"+15550001","subscriberId":"0","from":"+15550001",
                 "to":["+15550002","wxid_b"],"fromEnriched":{"value":"15550001","fullName":{"firstName":"Ann","lastName":null},
                 "userEmailAddress":"ann@example.com"},"toEnriched":[{"value":"wxid_b","fullName":{"firstName":"Bob","lastName":"B"}},
                 {"value":"wxid_c"}],"groupMessage":true,"dialogGroupName":"G","dialogGroupId":"g1","subject":"s",
                 "contentType":"text","textContent":"new","textSize":"3","quotedMessageId":"q","eventType":"",
                 "previousText":"old","unknown":{"a":[1,{"b":null}]}}""");
        assertThat(elements)
                .containsExactly(new PageElement.Read(
                        0,
                        new Message(
                                "EDIT-a-1-2",
                                Kind.EDIT,
                                "a-1",
                                Instant.parse("2025-11-19T08:00:00Z"),
                                "app-message",
                                Direction.OUT,
                                "+15550001",
                                new Party("+15550001", "Ann", "", "ann@example.com"),
                                List.of(Party.of("+15550002"), new Party("wxid_b", "Bob", "B", ""), Party.of("wxid_c")),
                                new Group("g1", "G"),
                                "s",
                                "new",
                                "",
                                "old",
                                List.of(),
                                List.of())));
    }

    @Test
    void aMessageWithoutParticipantsIsAMessage() throws IOException {
        Message message = Pages.one(directory, "");
        assertThat(message.from()).isNull();
        assertThat(message.to()).isEmpty();
        assertThat(message.group()).isNull();
        assertThat(message.direction()).isNull();
        assertThat(message.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(Pages.one(directory, """
                "from":null,"to":null,"fromEnriched":null,"toEnriched":null,"groupMessage":null,"textContent":null,
                "callInfo":null,"attachment":null,"subject":null""")).isEqualTo(message);
    }

    @Test
    void aCallKeepsWhatIsKnownOfIt() throws IOException {
        Message call = Pages.one(directory, """
                "messageContext":"voice-call","callInfo":{"callStatus":"2","startTime":"2026-11-19T08:00:00Z",
                "endTime":"1795075260000","callDurationInMillis":60000,"x":[]}""");
        assertThat(call.kind()).isEqualTo(Kind.VOICE_CALL);
        assertThat(call.calls())
                .containsExactly(new Call(
                        null,
                        2,
                        Instant.parse("2026-11-19T08:00:00Z"),
                        Instant.parse("2026-11-19T08:01:00Z"),
                        Duration.ofMinutes(1)));
        assertThat(Pages.one(directory, """
                "messageContext":"call-log","callInfo":{"callStatus":9,"startTime":"soon","endTime":-5,
                "callDurationInMillis":null}""").calls()).containsExactly(new Call(null, 0, null, null, null));
        assertThat(Pages.one(directory, "\"messageContext\":\"video-call\"").calls())
                .containsExactly(new Call(null, 0, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1763539200000",
                "\"1763539200000\"",
                "\" 1763539200000 \"",
                "\"2025-11-19T08:00:00Z\"",
                "\"2025-11-19T08:00:00.000Z\"",
                "\"2025-11-19t08:00:00z\"",
                "\"2025-11-19T10:00:00+02:00\"",
                "\"2025-11-19T04:30:00.000-03:30\""
            })
    void aTimeIsReadInEveryFormThatNamesOneMoment(String time) throws IOException {
        assertThat(Pages.one(directory, "\"messageTime\":" + time).time())
                .isEqualTo(Instant.parse("2025-11-19T08:00:00Z"));
    }

    @Test
    void aCallOfSeveralKeepsThePartOfEach() throws IOException {
        Call missed = new Call(null, 2, null, null, null);
        Call long1 = new Call(Party.of("+15550002"), 1, null, null, Duration.ofMinutes(1));
        Call named = new Call(new Party("wxid_c", "Cy", "", "cy@example.com"), 5, null, null, null);
        assertThat(Pages.one(directory, """
                "messageContext":"voice-call","callInfo":[{"callStatus":2},
                {"callStatus":1,"callDurationInMillis":60000,"participant":"+15550002","x":[{}]},
                {"participant":{"value":"wxid_c","fullName":{"firstName":"Cy"},"userEmailAddress":"cy@example.com","x":{}},"callStatus":5},
                {"value":"wxid_c","fullName":{"firstName":"Cy"},"userEmailAddress":"cy@example.com","callStatus":"5"}]""").calls()).containsExactly(missed, long1, named, named);
    }

    @Test
    void oneCallInAListIsThatCall() throws IOException {
        String call = "{\"callStatus\":1,\"callDurationInMillis\":60000}";
        Message one = Pages.one(directory, "\"messageContext\":\"voice-call\",\"callInfo\":" + call);
        Message list = Pages.one(directory, "\"messageContext\":\"voice-call\",\"callInfo\":[" + call + "]");
        assertThat(list).isEqualTo(one);
        assertThat(ContentDigest.of(list)).isEqualTo(ContentDigest.of(one));
    }

    @Test
    void aCallOfWhichNothingIsToldIsOneAndInAListCounts() throws IOException {
        Call unknown = new Call(null, 0, null, null, null);
        assertThat(Pages.one(directory, "\"messageContext\":\"voice-call\",\"callInfo\":[]")
                        .calls())
                .containsExactly(unknown);
        assertThat(Pages.one(directory, "\"messageContext\":\"voice-call\",\"callInfo\":[null,{\"participant\":null}]")
                        .calls())
                .containsExactly(unknown, unknown);
        assertThat(Pages.one(directory, "\"messageContext\":\"app-message\",\"callInfo\":[]")
                        .calls())
                .isEmpty();
    }

    @Test
    void recipientsAreEnrichedByValueAndNeverGetAnothersAddress() throws IOException {
        assertThat(Pages.one(directory, """
                "to":["+1 555-0001","x","y"],"toEnriched":[{"value":"z","userEmailAddress":"z@example.com"},
                {"userEmailAddress":"x@example.com"},{"value":"15550001","userEmailAddress":"one@example.com"}]""").to())
                .containsExactly(
                        new Party("+1 555-0001", "", "", "one@example.com"),
                        new Party("x", "", "", "x@example.com"),
                        Party.of("y"),
                        new Party("z", "", "", "z@example.com"));
    }

    @Test
    void recipientsAreEnrichedInWhateverNotationTheirNumberStandsThere() throws IOException {
        Message message = Pages.one(directory, """
                "to":["447700900101:12@s.whatsapp.net","+551188880001","49301234500.0","00123"],"toEnriched":[
                {"value":"+44 7700 900101","userEmailAddress":"a@b.example"},{"value":"5511988880001","userEmailAddress":"b@b.example"},
                {"value":"493012345000","userEmailAddress":"c@b.example"},{"value":"123","userEmailAddress":"d@b.example"}]""");
        assertThat(message.to())
                .containsExactly(
                        new Party("447700900101:12@s.whatsapp.net", "", "", "a@b.example"),
                        new Party("+551188880001", "", "", "b@b.example"),
                        Party.of("49301234500.0"),
                        Party.of("00123"),
                        new Party("493012345000", "", "", "c@b.example"),
                        new Party("123", "", "", "d@b.example"));
    }

    @Test
    void aGroupIsOneOnlyWhereTheFeedDoesNotDenyIt() throws IOException {
        assertThat(Pages.one(directory, "\"dialogGroupName\":\"G\"").group()).isEqualTo(new Group("", "G"));
        assertThat(Pages.one(directory, "\"groupMessage\":false,\"dialogGroupId\":\"g\"")
                        .group())
                .isNull();
        assertThat(Pages.one(directory, "\"groupMessage\":\"true\"").group()).isEqualTo(new Group("", ""));
    }

    @Test
    void smallAttachmentsStayInMemory() throws IOException {
        Message message = Pages.one(directory, """
                "attachment":[{"name":"a.txt","contentType":"text/plain","attachSize":"5","content":"aGVs\\nbG8","sha256":"x"},
                {"content":""}],"contentType":"","textContent":"after","x":1""");
        assertThat(message.attachments()).hasSize(2);
        assertThat(message.attachments().get(0).name()).isEqualTo("a.txt");
        Content.InMemory content =
                (Content.InMemory) message.attachments().get(0).content();
        assertThat(content.bytes()).asString().isEqualTo("hello");
        assertThat(content.sha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(message.attachments().get(1)).extracting(Attachment::name).isEqualTo("");
        assertThat(message.text()).isEqualTo("after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\r\\n", "!", "AAA AAA"})
    void anHrefBesideNothingOfUseIsWhatIsMeant(String content) throws IOException {
        assertThat(Pages.one(directory, "\"attachment\":[{\"content\":\"" + content + "\",\"href\":\"/a\"}]")
                        .attachments())
                .extracting(Attachment::content)
                .containsExactly(new Content.Remote("/a"));
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        assertThat(Pages.one(directory, """
                "attachment":[{"content":"","attachSize":0},{"content":"","href":" "},{"content":"","href":null}]""").attachments()).allSatisfy(file -> {
            assertThat(((Content.Present) file.content()).size()).isZero();
            assertThat(file.differs()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "\"attachSize\":5 | false",
                "\"attachSize\":\" 5 \" | false",
                "\"attachSize\":4 | true",
                "\"attachSize\":\"6\" | true",
                "\"attachSize\":0 | true",
                "\"attachSize\":\"4\u00a0\" | true",
                "\"attachSize\":5.0 | false",
                "\"attachSize\":\"5.0\" | false",
                "\"attachSize\":4.0 | true",
                "\"attachSize\":\"4.00\" | true",
                "\"attachSize\":0.0 | true",
                "\"attachSize\":5e0 | false",
                "\"attachSize\":1.048576E7 | true",
                "\"attachSize\":0.5e1 | false",
                "\"attachSize\":4.5 | false",
                "\"attachSize\":\"4,0\" | false",
                "\"attachSize\":-4.0 | false",
                "\"attachSize\":4e99 | false",
                "\"attachSize\":1e999999999 | false",
                "\"attachSize\":4e-1 | false",
                "\"attachSize\":null | false",
                "\"attachSize\":-1 | false",
                "\"attachSize\":\"5 KB\" | false",
                "\"attachSize\":5.5 | false",
                "\"attachSize\":99999999999999999999 | false",
                "\"attachSize\":[4] | false",
                "\"attachSize\":{\"a\":4} | false",
                "\"attachSize\":true | false",
                "\"sha256\":\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\" | false",
                "\"sha256\":\"2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824\",\"attachSize\":5 | false",
                "\"sha256\":\"3cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\",\"attachSize\":5 | true",
                "\"sha256\":\"2cf2\" | false",
                "\"sha256\":7 | false"
            })
    void bytesAreHeldAgainstWhatIsDeclaredWhereThatCanBeUsed(String declared, boolean differs) throws IOException {
        for (String fields : List.of("\"content\":\"aGVsbG8=\"," + declared, declared + ",\"content\":\"aGVsbG8=\"")) {
            assertThat(Pages.one(directory, "\"attachment\":[{" + fields + "}]").attachments())
                    .singleElement()
                    .satisfies(file -> {
                        assertThat(((Content.InMemory) file.content()).bytes())
                                .asString()
                                .isEqualTo("hello");
                        assertThat(file.differs()).isEqualTo(differs);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b", "\ufeff", "\u2060\u00ad", "\u00a0\u3000", "\u2800\t"})
    void anOwnerOfWhomNothingCanBeSeenIsNone(String msisdn) throws IOException {
        Message message = Pages.one(directory, "\"msisdn\":\"" + msisdn.replace("\t", "\\t") + "\"");
        assertThat(message.msisdn()).isEmpty();
    }

    @Test
    void aSenderOrRecipientOfWhomNothingCanBeSeenGivesWayToTheEnrichedOne() throws IOException {
        Message message = Pages.one(directory, """
                "from":"\u200b","fromEnriched":{"value":"a"},"to":["\ufeff","b"],
                "toEnriched":[{"value":"\u2060"},{"value":"b"}]""");
        assertThat(message.participants()).extracting(Party::value).containsExactly("a", "b");
        assertThat(Pages.one(directory, "\"from\":\"\u200b\"").from()).isNull();
    }

    @Test
    void whatShowsNothingAmongTheRecipientsGivesNobodyTheAddressOfAnother() throws IOException {
        assertThat(Pages.one(directory, """
                "to":["","\ufeff","b"],"toEnriched":[{"value":"","userEmailAddress":"x@contoso.example"},
                {"value":"","userEmailAddress":"y@contoso.example"},{"value":"","userEmailAddress":"b@contoso.example"}]""").to()).containsExactly(new Party("b", "", "", "b@contoso.example"));
    }

    @Test
    void bytesThatAreNotWhatIsDeclaredAreAskedForByTheHrefBesideThem() throws IOException {
        List<Attachment> files = Pages.one(directory, """
                "attachment":[{"content":"aGVsbG8=","attachSize":6,"href":"/a"},{"content":"aGVsbG8=","attachSize":5,"href":"/b"},
                {"content":"aGVsbG8=","attachSize":6,"href":"https://evil.example.com/x"}]""").attachments();
        assertThat(((Content.Remote) files.get(0).content()).instead().size()).isEqualTo(5);
        assertThat(files.get(1).content()).isInstanceOf(Content.InMemory.class);
        assertThat(files.get(2).content()).isInstanceOf(Content.InMemory.class);
        assertThat(files.get(2).differs()).isTrue();
    }

    @Test
    void anHrefIsFetchedFromTheFeedOnly() throws IOException {
        assertThat(Pages.one(directory, """
                "attachment":[{"href":"/archive/v1/attachments/1"},{"href":"https://evil.example.com/x"},
                {"content":"!","href":"/archive/v1/attachments/2"},{"name":"nothing"}]""").attachments())
                .extracting(Attachment::content)
                .containsExactly(
                        new Content.Remote("/archive/v1/attachments/1"),
                        new Content.Absent(Content.Why.FOREIGN_HREF, -1, ""),
                        new Content.Remote("/archive/v1/attachments/2"),
                        new Content.Absent(Content.Why.UNDECODABLE, -1, ""));
    }
}
