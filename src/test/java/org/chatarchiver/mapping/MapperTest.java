package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chatarchiver.MovableClock;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.message.Direction;
import org.chatarchiver.message.Kind;
import org.chatarchiver.message.Message;
import org.chatarchiver.message.Party;
import org.chatarchiver.message.PartyIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapperTest {
    private static final String ALICE = "alice@contoso.example";
    private static final String BOB = "bob@contoso.example";
    private static final boolean FILE_ONLY = false;
    private static final boolean BOTH = true;

    private final PartyIds ids = new PartyIds("");
    private final FakeDirectory directory = new FakeDirectory().with(ALICE, BOB);
    private Mappings.Current current = new Mappings.Current.None();
    private List<String> domains = List.of();

    @Test
    void aMessageGoesToEveryMailboxOfItsParticipantsOwnerFirst() {
        mapping(Map.of("+447911123456", ALICE, "wxid_b", BOB));
        Message message =
                message(Direction.IN, "447911123456", party("wxid_b"), party("+44 7911 123456"), party("out"));
        assertThat(mapped(message, FILE_ONLY).targets())
                .containsExactly(
                        new Target(ALICE, Rule.MAPPING_FILE, "+44 7911 123456"),
                        new Target(BOB, Rule.MAPPING_FILE, "wxid_b"));
        assertThat(mapped(message, FILE_ONLY).failures()).isEmpty();
    }

    @Test
    void theMappingFileComesBeforeTheAddressThatTheSourceCarries() {
        mapping(Map.of("a", BOB));
        assertThat(mapped(message(Direction.OUT, "a", party("a", ALICE)), BOTH).targets())
                .containsExactly(new Target(BOB, Rule.MAPPING_FILE, "a"));
    }

    @Test
    void aRuleWhoseMailboxDoesNotExistGivesWayToTheNext() {
        mapping(Map.of("a", "gone@contoso.example"));
        Mapping.Mapped mapped = mapped(message(Direction.OUT, "a", party("a", ALICE)), BOTH);
        assertThat(mapped.targets()).containsExactly(new Target(ALICE, Rule.AUTOMATIC, "a"));
        assertThat(mapped.failures()).isEmpty();
    }

    @Test
    void aMailboxInTroubleIsPostponedAndNeverTriesTheNextRuleAndTheOthersAreServed() {
        mapping(Map.of("a", "slow@contoso.example", "b", BOB));
        directory.trouble("slow@contoso.example", Duration.ofSeconds(30));
        Message message = message(Direction.OUT, "a", party("a", ALICE), party("b"));
        Mapping.Mapped mapped = mapped(message, BOTH);
        assertThat(mapped.targets()).containsExactly(new Target(BOB, Rule.MAPPING_FILE, "b"));
        assertThat(mapped.failures()).isEmpty();
        assertThat(mapped.postponed()).singleElement().satisfies(postponed -> {
            assertThat(postponed.participant()).isEqualTo("a");
            assertThat(postponed.reason()).isEqualTo(Reason.THROTTLED);
        });

        directory.with("slow@contoso.example");
        assertThat(new Mapper(ids, domains).resume(message, rules(BOTH), List.of("a"), directory))
                .isEqualTo(new Mapping.Mapped(
                        List.of(new Target("slow@contoso.example", Rule.MAPPING_FILE, "a")),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void anOutageIsNoAnswerAndNeverTriesTheNextRule() {
        mapping(Map.of("a", "slow@contoso.example"));
        directory.breakDown("slow@contoso.example", "The token was refused.");
        assertThat(map(message(Direction.OUT, "a", party("a", ALICE)), BOTH))
                .isEqualTo(new Mapping.Outage("The token was refused."));
        assertThat(directory.asked).containsExactly("slow@contoso.example");
    }

    @Test
    void addressesOfTheSourceAreNotUsedWithoutAutomaticMapping() {
        assertFailure(message(Direction.OUT, "a", party("a", ALICE)), FILE_ONLY, "a", Reason.NO_MAPPING);
        assertThat(directory.asked).isEmpty();
    }

    @Test
    void oneMailboxIsDeliveredOnceWhateverItsCase() {
        mapping(Map.of("a", "Alice@Contoso.example", "b", ALICE));
        assertThat(mapped(message(Direction.OUT, "a", party("a"), party("b"), party("a")), FILE_ONLY)
                        .targets())
                .containsExactly(new Target(ALICE, Rule.MAPPING_FILE, "a"));
    }

    @Test
    void anOwnerWithoutMappingIsAFailureEvenWhenOthersAreServed() {
        mapping(Map.of("b", BOB));
        Mapping.Mapped mapped = mapped(message(Direction.OUT, "a", party("a"), party("b")), BOTH);
        assertThat(mapped.targets()).hasSize(1);
        assertThat(mapped.failures())
                .containsExactly(
                        new Unmapped("a", true, Reason.NO_MAPPING, "No rule names a mailbox for the owner 'a'."));
    }

    @Test
    void anOwnerWhoseMailboxDoesNotExistIsNotFound() {
        assertFailure(
                message(Direction.OUT, "a", party("a", "gone@contoso.example")), BOTH, "a", Reason.MAILBOX_NOT_FOUND);
    }

    @Test
    void aParticipantOfTheMappingFileWithoutMailboxIsAFailureAndOneOutsideIsNone() {
        mapping(Map.of("a", ALICE, "b", "gone@contoso.example"));
        Message message = message(Direction.OUT, "a", party("a"), party("b"), party("c", "c@outside.example"));
        assertThat(mapped(message, BOTH).failures())
                .containsExactly(new Unmapped(
                        "b",
                        false,
                        Reason.MAILBOX_NOT_FOUND,
                        "The mailbox 'gone@contoso.example' that the mapping file names for 'b' does not exist."));
    }

    @Test
    void badAddressesAreRefusedAndNeverAskedFor() {
        for (String bad : List.of(
                "alice@contoso.example\r\nA1 LOGOUT",
                "\u0000",
                "no address",
                "a@b@c",
                "a b@c.example",
                "\"x\"@c.example")) {
            assertFailure(message(Direction.OUT, "a", party("a", bad)), BOTH, "a", Reason.ADDRESS_REFUSED);
        }
        assertThat(directory.asked).isEmpty();
    }

    @Test
    void whatCannotBeSeenAroundAnAddressOfTheSourceIsCutOff() {
        for (String carried : List.of(
                ALICE + " ",
                "\u00a0" + ALICE,
                "\ufeff" + ALICE + "\u200b",
                ALICE + "\r\n",
                "\u202a" + ALICE + "\u202c")) {
            Message message = message(Direction.OUT, "b", party("b", carried.replace(ALICE, BOB)), party("a", carried));
            assertThat(mapped(message, BOTH))
                    .isEqualTo(new Mapping.Mapped(
                            List.of(new Target(BOB, Rule.AUTOMATIC, "b"), new Target(ALICE, Rule.AUTOMATIC, "a")),
                            List.of(),
                            List.of(),
                            List.of()));
        }
    }

    @Test
    void aParticipantWhoseAddressCannotBeUsedIsToldAndIsNoFailure() {
        domains = List.of("contoso.example");
        Message message = message(
                Direction.OUT,
                "a",
                party("a", ALICE),
                party("447911123456", "bob@contoso,example"),
                party("+44 7911 123456", "\u00a0"),
                party("c", "gone@contoso.example"),
                party("d", "d@outside.example"),
                party("e"),
                party("f", BOB));
        Mapping.Mapped mapped = mapped(message, BOTH);
        assertThat(mapped.targets()).extracting(Target::mailbox).containsExactly(ALICE, BOB);
        assertThat(mapped.failures()).isEmpty();
        assertThat(mapped.unserved())
                .containsExactly(
                        new Unserved(
                                "447911123456",
                                "+447911123456",
                                Reason.ADDRESS_REFUSED,
                                "The mailbox 'bob@contoso,example' that the source names for '447911123456' is not a valid mailbox address."),
                        new Unserved(
                                "c",
                                "c",
                                Reason.MAILBOX_NOT_FOUND,
                                "The mailbox 'gone@contoso.example' that the source names for 'c' does not exist."),
                        new Unserved(
                                "d",
                                "d",
                                Reason.ADDRESS_REFUSED,
                                "The mailbox 'd@outside.example' that the source names for 'd' lies outside archiver.exchange.domains."));
        assertThat(mapped(message, FILE_ONLY).unserved()).isEmpty();
    }

    @Test
    void controlCharactersOfAnAddressAreEscapedInTheSentence() {
        assertThat(mapped(message(Direction.OUT, "a", party("a", "x\r\n@y")), BOTH)
                        .failures())
                .extracting(Unmapped::sentence)
                .containsExactly("The mailbox 'x\\r\\n@y' that the source names for the owner 'a'"
                        + " is not a valid mailbox address.");
    }

    @Test
    void onlyTheDomainsOfTheOrganisationAreAskedFor() {
        domains = List.of("Contoso.Example");
        directory.with("a@elsewhere.example");
        assertFailure(
                message(Direction.OUT, "a", party("a", "a@elsewhere.example")), BOTH, "a", Reason.ADDRESS_REFUSED);
        assertThat(directory.asked).isEmpty();
        assertThat(mapped(message(Direction.OUT, "a", party("a", ALICE)), BOTH).targets())
                .hasSize(1);
    }

    @Test
    void theOwnerIsTheNumberWhateverElseTheMessageNames() {
        for (Direction direction : new Direction[] {Direction.IN, Direction.OUT, null}) {
            assertOwner("n", message(direction, "n", party("s"), party("r")));
            assertOwner("n", message(direction, "n", party("s"), party("r"), party("q")));
            assertOwner("n", message(direction, "n", party("s")));
            assertOwner("n", message(direction, "n", null, party("r")));
            assertOwner("n", message(direction, "n", party("s"), party("x@chatroom")));
            assertOwner("n", message(direction, "n", party("120363@g.us"), party("r")));
        }
        mapping(Map.of("447911123456", ALICE));
        assertThat(mapped(message(Direction.IN, "+447911123456", party("s"), party("r")), FILE_ONLY)
                        .targets())
                .containsExactly(new Target(ALICE, Rule.MAPPING_FILE, "+447911123456"));
    }

    @Test
    void aSenderOrSoleRecipientOfTheFileIsServedBesideTheOwnerAndDoesNotStandInForIt() {
        mapping(Map.of("s", ALICE));
        for (Message message : List.of(
                message(Direction.OUT, "+447911123456", party("s"), party("r")),
                message(Direction.IN, "+447911123456", party("r"), party("s")))) {
            assertThat(mapped(message, FILE_ONLY).targets())
                    .extracting(Target::mailbox)
                    .containsExactly(ALICE);
            assertThat(mapped(message, FILE_ONLY).failures())
                    .extracting(Unmapped::participant, Unmapped::reason)
                    .containsExactly(tuple("+447911123456", Reason.NO_MAPPING));
        }
    }

    @Test
    void aParticipantThatEqualsTheNumberLendsTheOwnerItsAddress() {
        assertThat(mapped(
                                message(
                                        Direction.IN,
                                        "00447911123456",
                                        party("s"),
                                        party("r", BOB),
                                        party("+44 7911 123456", ALICE)),
                                BOTH)
                        .targets())
                .containsExactly(
                        new Target(ALICE, Rule.AUTOMATIC, "+44 7911 123456"), new Target(BOB, Rule.AUTOMATIC, "r"));
    }

    @Test
    void aParticipantThatIsTheNumberInTheOtherWritingOrBehindADeviceLendsTheOwnerItsAddress() {
        for (String[] same : new String[][] {
            {"551188880001", "5511988880001"},
            {"5215512345678", "+52 55 1234 5678"},
            {"447911123456", "447911123456:12@s.whatsapp.net"}
        }) {
            for (String[] pair : new String[][] {same, {same[1], same[0]}}) {
                assertThat(mapped(message(Direction.IN, pair[0], party("s"), party(pair[1], ALICE)), BOTH)
                                .targets())
                        .containsExactly(new Target(ALICE, Rule.AUTOMATIC, pair[1]));
            }
        }
    }

    @Test
    void onlyWithoutANumberTheSenderOfAnOutgoingMessageIsTheOwner() {
        assertOwner("s", message(Direction.OUT, "", party("s"), party("r")));
        assertOwner("s", message(Direction.OUT, " \t", party("s"), party("r")));
        assertOwner("s", message(Direction.OUT, "120363@g.us", party("s"), party("r")));
    }

    @Test
    void onlyWithoutANumberTheSoleRecipientOfAnotherMessageIsTheOwner() {
        assertOwner("r", message(Direction.IN, "", party("s"), party("r")));
        assertOwner("r", message(null, "", party("s"), party("r"), party("r")));
        assertOwner("r", message(Direction.IN, "x@chatroom", party("s"), party("r"), party("x@chatroom")));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u200b", "\ufeff", "\u2060\u00ad", "\u00a0\u3000", "\u2800"})
    void whatShowsNothingIsNobodysNumberAndNobody(String nothing) {
        assertOwner("a", message(Direction.OUT, nothing, party("a"), party("b")));
        assertOwner("b", message(Direction.IN, nothing, party("a"), party("b"), party(nothing)));
        mapping(Map.of("a", ALICE, "b", BOB));
        Mapper mapper = new Mapper(ids, domains);
        assertThat(mapper.ownerKey(nothing)).isEmpty();
        assertThat(mapper.ownerKey(message(Direction.OUT, nothing, party("a")))).isEqualTo("a");
        assertThat(mapped(message(Direction.OUT, "a", party("a"), party(nothing), party("b")), FILE_ONLY)
                        .targets())
                .extracting(Target::mailbox)
                .containsExactly(ALICE, BOB);
        assertFailure(message(Direction.OUT, nothing, party(nothing)), FILE_ONLY, "", Reason.OWNER_UNKNOWN);
    }

    @Test
    void aRoomIsNobodysOwnerAndNobody() {
        mapping(Map.of("a", ALICE));
        for (String room : List.of("x@chatroom", "X@IM.CHATROOM", "120363@g.us", "1@newsletter", "status@broadcast ")) {
            assertFailure(message(Direction.IN, room, party("s"), party(room)), BOTH, "", Reason.OWNER_UNKNOWN);
            assertFailure(message(Direction.OUT, room, party(room), party("r")), BOTH, "", Reason.OWNER_UNKNOWN);
            assertThat(mapped(message(Direction.IN, "a", party(room, BOB), party(room, BOB)), BOTH))
                    .isEqualTo(new Mapping.Mapped(
                            List.of(new Target(ALICE, Rule.MAPPING_FILE, "a")), List.of(), List.of(), List.of()));
        }
    }

    @Test
    void oneOwnerHasOneKeyInWhateverNotation() {
        Mapper mapper = new Mapper(ids, domains);
        String key = mapper.ownerKey(message(Direction.IN, "+447911123456", party("s"), party("r")));
        assertThat(List.of(
                        message(Direction.IN, "0044 7911 123456", party("s"), party("r")),
                        message(Direction.OUT, "447911123456", null),
                        message(Direction.OUT, "", party("+44 7911-123456"))))
                .extracting(mapper::ownerKey)
                .containsOnly(key);
        assertThat(mapper.ownerKey(message(Direction.IN, "+447911123457", party("s"), party("r"))))
                .isNotEqualTo(key);
        assertThat(mapper.ownerKey(message(Direction.IN, "x@chatroom", party("s"))))
                .isEmpty();
    }

    @Test
    void aMessageWhoseOwnerCannotBeDeterminedIsAFailure() {
        assertFailure(message(Direction.IN, "", party("s"), party("r"), party("q")), BOTH, "", Reason.OWNER_UNKNOWN);
        assertFailure(message(null, " ", null), BOTH, "", Reason.OWNER_UNKNOWN);
        assertFailure(message(Direction.OUT, "", null, party("r")), BOTH, "", Reason.OWNER_UNKNOWN);
    }

    @Test
    void aWhatsAppIdIsTheNumberInFront() {
        mapping(Map.of("+447911123456", ALICE, "447911123457@c.us", BOB));
        Message message = message(
                Direction.IN,
                "447911123456",
                party("out"),
                party("447911123456:12@s.whatsapp.net"),
                party("447911123457@s.whatsapp.net"));
        assertThat(mapped(message, FILE_ONLY).targets())
                .containsExactly(
                        new Target(ALICE, Rule.MAPPING_FILE, "447911123456:12@s.whatsapp.net"),
                        new Target(BOB, Rule.MAPPING_FILE, "447911123457@s.whatsapp.net"));
        assertThat(mapped(message, FILE_ONLY).failures()).isEmpty();
    }

    @Test
    void aRoomIsNeverAPerson() {
        mapping(Map.of("x@chatroom", ALICE, "1@g.us", ALICE, "b", BOB));
        Message toRooms = message(Direction.IN, "b", party("1@g.us"), party("x@chatroom"), party("2@newsletter"));
        assertThat(mapped(toRooms, FILE_ONLY).targets()).containsExactly(new Target(BOB, Rule.MAPPING_FILE, "b"));
        assertThat(mapped(toRooms, FILE_ONLY).failures()).isEmpty();
        assertFailure(message(Direction.OUT, "", party("1@g.us"), party("a")), FILE_ONLY, "", Reason.OWNER_UNKNOWN);
        assertFailure(message(Direction.IN, "", party("a"), party("1@g.us")), FILE_ONLY, "", Reason.OWNER_UNKNOWN);
        assertOwner("r", message(Direction.IN, "1@g.us", party("a"), party("x@chatroom"), party("r")));
    }

    @Test
    void aParticipantInTheOtherWritingOfTheirCountryIsServedAndTheItemSaysSo() {
        mapping(Map.of("5511988880001", ALICE, "+52 55 1234 5678", BOB));
        Message message = message(Direction.IN, "551188880001", party("5215512345678"), party("5511988880001"));
        assertThat(mapped(message, FILE_ONLY).targets())
                .containsExactly(
                        new Target(ALICE, Rule.MAPPING_FILE, "5511988880001"),
                        new Target(BOB, Rule.EQUIVALENT_NUMBER, "5215512345678"));
        assertThat(mapped(message(Direction.OUT, "551188880001", party("551188880001")), FILE_ONLY)
                        .targets())
                .containsExactly(new Target(ALICE, Rule.EQUIVALENT_NUMBER, "551188880001"));
    }

    @Test
    void aParticipantWhoStandsInTheFileInTheOtherWritingAndHasNoMailboxIsAFailure() {
        mapping(Map.of("a", ALICE, "5491123456789", "gone@contoso.example"));
        assertThat(mapped(message(Direction.OUT, "a", party("a"), party("541123456789")), BOTH)
                        .failures())
                .containsExactly(
                        new Unmapped(
                                "541123456789",
                                false,
                                Reason.MAILBOX_NOT_FOUND,
                                "The mailbox 'gone@contoso.example' that the mapping file names for '541123456789' does not exist."));
    }

    @Test
    void twoUserIdsThatAreNobodysNumberAreTwoPersons() {
        mapping(Map.of("00123", ALICE, "493012345000", BOB));
        assertFailure(message(Direction.OUT, "123", party("123")), FILE_ONLY, "123", Reason.NO_MAPPING);
        assertFailure(
                message(Direction.OUT, "49301234500.0", party("x")), FILE_ONLY, "49301234500.0", Reason.NO_MAPPING);
        assertThat(mapped(message(Direction.OUT, "00123", party("00123")), FILE_ONLY)
                        .targets())
                .hasSize(1);
    }

    @Test
    void aConnectorWhoseMappingFileWasNeverAcceptedWaits() {
        current = new Mappings.Current.Unusable("Line 3 is bad.");
        assertThat(map(message(Direction.OUT, "a", party("a", ALICE)), BOTH))
                .isEqualTo(new Mapping.NotReady("Line 3 is bad."));
    }

    @Test
    void aRequeueMapsOnlyTheUnresolvedAndAsksAgain() {
        mapping(Map.of("a", ALICE, "b", BOB));
        directory.delete(BOB);
        MailboxDirectory cached = new AskingDirectory(
                directory::lookup, new MailboxAnswers(Defaults.PROPERTIES, new MovableClock("2026-11-20T12:00:00Z")));
        Mapper mapper = new Mapper(ids, domains);
        Message message = message(Direction.OUT, "a", party("a"), party("b"));
        Mapping.Mapped first = (Mapping.Mapped) mapper.map(message, rules(FILE_ONLY), cached);
        assertThat(first.failures()).extracting(Unmapped::participant).containsExactly("b");

        directory.with(BOB);
        assertThat(((Mapping.Mapped) mapper.map(message, rules(FILE_ONLY), cached)).failures())
                .hasSize(1);
        assertThat(mapper.remap(message, rules(FILE_ONLY), List.of("b"), cached))
                .isEqualTo(new Mapping.Mapped(
                        List.of(new Target(BOB, Rule.MAPPING_FILE, "b")), List.of(), List.of(), List.of()));
    }

    private void assertOwner(String owner, Message message) {
        assertThat(mapped(message, BOTH).failures())
                .extracting(Unmapped::participant, Unmapped::owner)
                .containsExactly(tuple(owner, true));
    }

    private void assertFailure(Message message, boolean automatic, String participant, Reason reason) {
        assertThat(mapped(message, automatic).targets()).isEmpty();
        assertThat(mapped(message, automatic).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.participant()).isEqualTo(participant);
            assertThat(failure.owner()).isTrue();
            assertThat(failure.reason()).isEqualTo(reason);
        });
    }

    private Mapping.Mapped mapped(Message message, boolean automatic) {
        return (Mapping.Mapped) map(message, automatic);
    }

    private Mapping map(Message message, boolean automatic) {
        return new Mapper(ids, domains).map(message, rules(automatic), directory);
    }

    private Rules rules(boolean automatic) {
        return new Rules(current, automatic);
    }

    private void mapping(Map<String, String> rows) {
        MappingFile.Builder file = new MappingFile.Builder(ids);
        rows.forEach((id, mailbox) -> assertThat(file.add(new MappingRow(id, mailbox, Validity.ALWAYS), 2))
                .isEmpty());
        current = new Mappings.Current.InUse(file.build());
    }

    private static Party party(String value) {
        return Party.of(value);
    }

    private static Party party(String value, String email) {
        return new Party(value, "", "", email);
    }

    private static Message message(Direction direction, String msisdn, Party from, Party... to) {
        Instant time = Instant.parse("2026-11-20T12:00:00Z");
        return new Message(
                "1",
                Kind.CHAT,
                "",
                time,
                "",
                direction,
                msisdn,
                from,
                List.of(to),
                null,
                "",
                "",
                "",
                "",
                List.of(),
                List.of());
    }
}
