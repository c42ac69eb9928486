package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.chatarchiver.connector.MappingRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFileParserTest {
    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    private static final String DATED = "External User ID,Microsoft 365 User Mailbox,Valid From,Valid To\n";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void numbersAndOtherIdsAreFound() throws IOException {
        MappingFile file = accepted(HEADER + "+44 7911 123456,alice@contoso.example\nwxid_1, Bob@contoso.example \n\n");
        assertThat(mailbox(file, "447911123456", NOON)).contains("alice@contoso.example");
        assertThat(mailbox(file, "wxid_1", NOON)).contains("Bob@contoso.example");
        assertThat(mailbox(file, "WXID_1", NOON)).isEmpty();
        assertThat(mailbox(file, "447911123457", NOON)).isEmpty();
        assertThat(file.size()).isEqualTo(2);
    }

    @Test
    void whatStandsInTheFileAsInTheFeedAlwaysMatches() throws IOException {
        Path csv = write(HEADER + "13012345678,alice@contoso.example\n", StandardCharsets.UTF_8);
        MappingFile file = ((Parsed.Accepted) MappingRoute.of("CN").read(csv)).file();
        assertThat(mailbox(file, "13012345678", NOON)).contains("alice@contoso.example");
        assertThat(mailbox(file, "8613012345678", NOON)).contains("alice@contoso.example");
        assertThat(mailbox(file, "+13012345678", NOON)).isEmpty();
    }

    @Test
    void aByteOrderMarkWindowsLineEndsAndQuotationMarksAreAllowed() throws IOException {
        MappingFile file = accepted("\ufeff" + HEADER.strip() + "\r\n\"a,b\",\"alice@contoso.example\"\r\n");
        assertThat(mailbox(file, "a,b", NOON)).contains("alice@contoso.example");
    }

    @Test
    void datesAreInclusiveInUtcAndAReassignedNumberHasTwoRows() throws IOException {
        MappingFile file = accepted(
                DATED
                        + "447911123456,alice@contoso.example,,2026-06-30\n+447911123456,bob@contoso.example,2026-07-01,2026-07-31\n");
        assertThat(mailbox(file, "447911123456", Instant.parse("1990-01-01T00:00:00Z")))
                .contains("alice@contoso.example");
        assertThat(mailbox(file, "447911123456", Instant.parse("2026-06-30T23:59:59.999Z")))
                .contains("alice@contoso.example");
        assertThat(mailbox(file, "447911123456", Instant.parse("2026-07-01T00:00:00Z")))
                .contains("bob@contoso.example");
        assertThat(mailbox(file, "447911123456", Instant.parse("2026-07-31T23:59:59Z")))
                .contains("bob@contoso.example");
        assertThat(mailbox(file, "447911123456", Instant.parse("2026-08-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void anEmptyFileIsRejected() throws IOException {
        assertThat(rejected("").errors())
                .singleElement()
                .hasToString("Line 1: The file is empty, or its first line is;"
                        + " the header \"External User ID,Microsoft 365 User Mailbox\" is needed.");
    }

    @Test
    void aFileWithoutRowsIsRejected() throws IOException {
        assertThat(rejected(HEADER + "\n").errors().get(0).reason()).contains("no rows");
    }

    @Test
    void anotherHeaderIsRejected() throws IOException {
        for (String header : new String[] {
            "External User ID;Microsoft 365 User Mailbox",
            "external user id,microsoft 365 user mailbox",
            "Microsoft 365 User Mailbox,External User ID",
            "External User ID,Microsoft 365 User Mailbox,Valid From",
            "447911123456,alice@contoso.example"
        }) {
            assertThat(rejected(header + "\na,a@b.example\n").errors())
                    .singleElement()
                    .satisfies(e -> assertThat(e.line()).isEqualTo(1))
                    .satisfies(e -> assertThat(e.reason()).startsWith("The header is '" + header));
        }
    }

    @Test
    void latin1IsRejectedWithItsLine() throws IOException {
        Path csv = write(HEADER + "a,a@b.example\r\nJürgen,j@b.example\n", StandardCharsets.ISO_8859_1);
        assertThat(((Parsed.Rejected) parse(csv)).errors())
                .containsExactly(new RowError(3, "The file is not UTF-8; save it as \"CSV UTF-8\"."));
        assertThat(parse(write(HEADER, StandardCharsets.UTF_16))).isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void everyBadRowIsListedWithItsLineAlsoBehindQuotedLineBreaks() throws IOException {
        Parsed.Rejected rejected = rejected(DATED
                + "\"two\nlines\",a@b.example,,\n" // 2 and 3
                + ",a@b.example,,\n" // 4
                + "\n"
                + "id1,not an address,,\r\n" // 6
                + "id2,a@b.example,20.11.2026,\n"
                + "id3,a@b.example,2026-02-01,2026-01-31\n"
                + "id4,a@b.example\n"
                + "\"=HYPERLINK(\"\"x\"\")\",a@b.example,,\n" // 10
                + "id5,=a@b.example,,\n"
                + "4.47911E+11,a@b.example,,\n"
                + "good,a@b.example,,\n"
                + "id\u0007,a@b.example,,\n"
                + "id6,,,");
        assertThat(rejected.errors())
                .extracting(RowError::toString)
                .containsExactly(
                        "Line 2: The External User ID 'two\\nlines' has control characters or line breaks, or signs that cannot be seen.",
                        "Line 4: The External User ID is empty.",
                        "Line 6: The mailbox 'not an address' is not a valid address.",
                        "Line 7: '20.11.2026' is not a date; write it as 2026-11-20, or leave it empty.",
                        "Line 8: Valid From 2026-02-01 is after Valid To 2026-01-31.",
                        "Line 9: The row has 2 columns; the header has 4.",
                        "Line 10: The External User ID '=HYPERLINK(\"x\")' looks like a formula of a spreadsheet.",
                        "Line 11: The mailbox '=a@b.example' looks like a formula of a spreadsheet.",
                        "Line 12: The External User ID '4.47911E+11' was rounded by a spreadsheet; format the column as text.",
                        "Line 14: The External User ID 'id\\u0007' has control characters or line breaks, or signs that cannot be seen.",
                        "Line 15: The Microsoft 365 User Mailbox is empty.");
        assertThat(rejected.count()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4.477E+11",
                "4,477E+11",
                "4.477E11",
                "4.477e+11",
                "4.477 E +11",
                "+4.477E+11",
                "4477E+8",
                "4.477×10^11",
                "4.E+11"
            })
    void whatASpreadsheetHasRoundedIsRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo(
                        "The External User ID '" + id + "' was rounded by a spreadsheet; format the column as text.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"447700900103.0", "447700900103.00", "447700900103,0", "+447700900103.0", "447 700 900 103.5"})
    void decimalPlacesAreRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo("The External User ID '" + id
                        + "' has decimal places: a spreadsheet took it for an amount; format the column as text.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"447,700,900,107", "447'700'900'107", "447’700’900’107", "44,77,00,900"})
    void thousandsAreRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo("The External User ID '" + id
                        + "' is written in thousands: a spreadsheet took it for an amount; format the column as text.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'+447700900106", "'447700900106", "’447700900106", "`447700900106", "'wxid_1", "'00123"})
    void anApostropheInFrontIsRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo("The External User ID '" + id
                        + "' begins with an apostrophe, by which a spreadsheet marks a text; leave it out.");
        assertThat(rejected(HEADER + "a,'alice@contoso.example\n").errors())
                .singleElement()
                .hasToString("Line 2: The mailbox ''alice@contoso.example' begins with an apostrophe,"
                        + " by which a spreadsheet marks a text; leave it out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "447700900107 ::: 447700900110",
                "447700900107;447700900110",
                "447700900107, 447700900110",
                "447700900107 | 447700900110",
                "447700900107 & 447700900110",
                "#447700900107",
                "447700900107:12",
                "*447700900107*",
                "447700900107+",
                "=447700900107",
                "12_34",
                "<447700900107>"
            })
    void digitsAndPunctuationThatAreNoNumberAreRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo(
                        "The External User ID '" + id
                                + "' is digits and punctuation, but no phone number; write one number a row, as +<country code><number>.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+447700900107 447700900110",
                "447700900107/447700900110",
                "+44770090010799",
                "+4477",
                "447700900107.",
                "(447700900107",
                "+00447700900107",
                "12-34",
                "+99912345678"
            })
    void oneNumberThatIsNotPossibleIsRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo(
                        "The External User ID '" + id
                                + "' is no possible phone number; check its country code and its length, and write one number a row.");
    }

    @Test
    void aNationalNumberWithoutADefaultRegionIsRefused() throws IOException {
        assertThat(refusalOf("07911 123456"))
                .isEqualTo("The External User ID '07911 123456' is a national number;"
                        + " write it as +<country code><number>, or set archiver.mapping.default-region.");
        Path csv = write(HEADER + "07911 123456,a@b.example\n", StandardCharsets.UTF_8);
        assertThat(MappingRoute.of("GB").read(csv)).isInstanceOf(Parsed.Accepted.class);
    }

    @Test
    void whatIsNoTelephoneNumberBehindTelIsRefused() throws IOException {
        for (String id : new String[] {"tel:123", "tel:+447700900107;ext=5", "TEL:"}) {
            assertThat(refusalOf(id)).startsWith("The External User ID '" + id + "' is no possible phone number;");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x@chatroom", "447700900107-1600000000@g.us", "status@broadcast", "1@newsletter"})
    void aRoomIsRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo("The External User ID '" + id
                        + "' is a group or a channel, which is never a person; leave the row out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "447911123456",
                "+44 (0)7911 123456",
                "+44.7911.123456",
                "+44-7911-123456",
                "tel:+447911123456",
                "447911123456@c.us",
                "447911123456:12@s.whatsapp.net",
                "\u202a+44\u00a07911\u2011123456\u202c"
            })
    void everyNotationOfACleanNumberIsAccepted(String id) throws IOException {
        assertThat(mailbox(accepted(HEADER + id + ",a@b.example\n"), "447911123456", NOON))
                .contains("a@b.example");
        assertThat(mailbox(accepted(HEADER + "+1 202.555.0100,a@b.example\n"), "12025550100", NOON))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00123",
                "123",
                "0123",
                "12345678901234567890",
                "12e5",
                "deadbeef",
                "@handle",
                "a b",
                "用户\u3000一",
                "wxid_ivy09",
                "ivy.09",
                "ivy-09",
                "ivy09",
                "wxid_447700900103",
                "ivy447700900103",
                "447700900103ivy",
                "ivy.447700900103",
                "447700900103-ivy",
                "447700900103_work",
                "447700900103@lid",
                "447700900103:3@lid",
                "447700900103@contoso.example",
                "ivy+447700900103@contoso.example",
                "Room 101",
                "Ivy 09 12",
                "nullius",
                "none1",
                "#ivy",
                "0x447700900103",
                "4d2f447700900103a7",
                "c0ffee-2025550-100"
            })
    void userIdsAreAcceptedToTheSign(String id) throws IOException {
        MappingFile file = accepted(HEADER + id + ",a@b.example\n");
        assertThat(mailbox(file, id, NOON)).contains("a@b.example");
        assertThat(mailbox(file, "0" + id, NOON)).isEmpty();
    }

    @Test
    void twoUserIdsThatDifferByLeadingZerosAreTwo() throws IOException {
        MappingFile file = accepted(HEADER + "00123,a@b.example\n123,c@b.example\n");
        assertThat(mailbox(file, "00123", NOON)).contains("a@b.example");
        assertThat(mailbox(file, "123", NOON)).contains("c@b.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00a0", "\u2007", "\u202f", "\u3000", "\u2009", "\u200b", "\u200c", "\u200d", "\ufeff", "\u2060",
                "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u00ad", "\u2800", "\u3164", "\t", " "
            })
    void whatCannotBeSeenAroundAValueIsCutOff(String sign) throws IOException {
        for (String cell : new String[] {sign + "%s", "%s" + sign, sign + sign + "%s" + sign + " "}) {
            MappingFile file = accepted(DATED
                    + String.format(Locale.ROOT, cell, "wxid_ivy09") + ","
                    + String.format(Locale.ROOT, cell, "ivy@contoso.example") + ","
                    + String.format(Locale.ROOT, cell, "2026-01-01") + "," + sign + "\n" + sign + "\n");
            assertThat(mailbox(file, "wxid_ivy09", NOON)).contains("ivy@contoso.example");
            assertThat(mailbox(file, sign + "wxid_ivy09" + sign, NOON)).isPresent();
            assertThat(file.size()).isEqualTo(1);
        }
        assertThat(rejected(HEADER + sign + ",a@b.example\n").errors())
                .singleElement()
                .hasToString("Line 2: The External User ID is empty.");
    }

    @Test
    void whatCannotBeSeenWithinAValueIsRefusedAndShown() throws IOException {
        assertThat(rejected(
                                HEADER
                                        + "wxid\u00a0ivy,a@b.example\nwxid\u200bivy,a@b.example\nc,a\u200b@b.example\nd,a b@b.example\n123\u200b4,a@b.example\n")
                        .errors())
                .extracting(RowError::toString)
                .containsExactly(
                        "Line 2: The External User ID 'wxid\\u00A0ivy' has control characters or line breaks, or signs that cannot be seen.",
                        "Line 3: The External User ID 'wxid\\u200Bivy' has control characters or line breaks, or signs that cannot be seen.",
                        "Line 4: The mailbox 'a\\u200B@b.example' has control characters or line breaks, or signs that cannot be seen.",
                        "Line 5: The mailbox 'a b@b.example' is not a valid address.",
                        "Line 6: The External User ID '123\\u200B4' is digits and punctuation, but no phone number;"
                                + " write one number a row, as +<country code><number>.");
    }

    @Test
    void aDifferenceOfTheHeaderThatCannotBeSeenIsShown() throws IOException {
        for (String sign : new String[] {"00A0", "202F", "200B", "FEFF", "3000", "2007", "2800"}) {
            String odd = String.valueOf((char) Integer.parseInt(sign, 16));
            assertThat(rejected("External" + odd + "User ID,Microsoft 365 User Mailbox\na,a@b.example\n")
                            .errors())
                    .singleElement()
                    .hasToString(
                            "Line 1: The header is 'External\\u" + sign + "User ID,Microsoft 365 User Mailbox';"
                                    + " it must be \"External User ID,Microsoft 365 User Mailbox\", with or without \",Valid From,Valid To\".");
        }
    }

    @Test
    void aDuplicateNumberNamesBothLinesWhateverItsNotation() throws IOException {
        assertThat(rejected(HEADER + "447911123456,a@b.example\nx,a@b.example\n+44 7911 123456,c@b.example\n")
                        .errors())
                .containsExactly(
                        new RowError(4, "The id '+44 7911 123456' stands in line 2 too; keep one of the two."));
    }

    @Test
    void rowsThatDifferOnlyByTheTwoWritingsOfACountryAreDuplicates() throws IOException {
        assertThat(rejected(
                                HEADER
                                        + "551188880001,a@b.example\n+55 11 98888-0001,c@b.example\n5215512345678,d@b.example\n"
                                        + "52 55 1234 5678,e@b.example\n541123456789@c.us,f@b.example\n+54 9 11 2345-6789,f@b.example\n")
                        .errors())
                .containsExactly(
                        new RowError(3, "The id '+55 11 98888-0001' stands in line 2 too; keep one of the two."),
                        new RowError(5, "The id '52 55 1234 5678' stands in line 4 too; keep one of the two."),
                        new RowError(7, "The id '+54 9 11 2345-6789' stands in line 6 too; keep one of the two."));
    }

    @Test
    void overlappingDaysOfOneNumberNameBothLines() throws IOException {
        assertThat(rejected(DATED + "x,a@b.example,,2026-07-01\nx,c@b.example,2026-07-01,\n")
                        .errors())
                .singleElement()
                .hasToString(
                        "Line 3: The id 'x' stands in line 2 too, for days that overlap; end one before the other starts.");
    }

    @Test
    void aQuotationMarkThatIsNotClosedIsOneErrorAtItsRow() throws IOException {
        String tail = "x,a@b.example\n".repeat(20_000);
        for (String csv : new String[] {"\"x,a@b.example\n", "\"x,a@b.example\n" + tail, "\"x\"y,a@b.example\n"}) {
            assertThat(rejected(HEADER + "id,a@b.example\n" + csv).errors())
                    .containsExactly(
                            new RowError(3, "The quotation marks do not match; the rest of the file cannot be read."));
        }
        assertThat(rejected("\"" + HEADER).errors()).hasSize(1);
    }

    @Test
    void aHundredErrorsAreListedAndAllAreCounted() throws IOException {
        Parsed.Rejected rejected = rejected(HEADER + "x\n".repeat(250));
        assertThat(rejected.errors()).hasSize(100);
        assertThat(rejected.count()).isEqualTo(250);
    }

    @Test
    void aFileOfMoreThan64MegabytesIsNotRead() throws IOException {
        Path csv = directory.resolve("large.csv");
        try (RandomAccessFile file = new RandomAccessFile(csv.toFile(), "rw")) {
            file.setLength(MappingFileParser.MOST_BYTES + 1);
        }
        assertThat(parse(csv)).isEqualTo(Parsed.Rejected.of(0, "The file is larger than 64 MB."));
    }

    @Test
    void moreThanAMillionRowsAreRefused() throws IOException {
        String rows = IntStream.rangeClosed(0, MappingFileParser.MOST_ROWS)
                .mapToObj(i -> "u" + i + ",a@b.example\n")
                .collect(Collectors.joining());
        assertThat(rejected(HEADER + rows).errors())
                .containsExactly(new RowError(1_000_002, "The file has more than 1000000 rows."));
    }

    @Property(tries = 100)
    void whatIsWrittenAsCsvIsFoundAgain(@ForAll("rows") Map<String, String> rows) throws IOException {
        String csv = rows.entrySet().stream()
                .map(row -> "\"" + row.getKey().replace("\"", "\"\"") + "\"," + row.getValue() + "\r\n")
                .collect(Collectors.joining("", HEADER, ""));
        Path file = Files.createTempFile("mapping", ".csv");
        Files.writeString(file, csv);
        MappingFile mapping = ((Parsed.Accepted) parse(file)).file();
        Files.delete(file);
        assertThat(mapping.size()).isEqualTo(rows.size());
        rows.forEach((id, mailbox) -> assertThat(mailbox(mapping, id, NOON)).contains(mailbox));
    }

    @Provide
    Arbitrary<Map<String, String>> rows() {
        Arbitrary<String> ids = Arbitraries.strings()
                .withChars("abcXYZ_,;\"'|用户é ")
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(id -> "u" + id.strip());
        Arbitrary<String> mailboxes =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(30);
        return Arbitraries.maps(ids, mailboxes.map(m -> m + "@contoso.example"))
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private String refusalOf(String id) throws IOException {
        Parsed.Rejected rejected = rejected(
                HEADER + (id.contains(",") && !id.startsWith("\"") ? "\"" + id + "\"" : id) + ",a@b.example\n");
        assertThat(rejected.errors()).singleElement().extracting(RowError::line).isEqualTo(2L);
        return rejected.errors().get(0).reason();
    }

    private static Optional<String> mailbox(MappingFile file, String participant, Instant time) {
        return file.lookup(participant, time).map(MappingFile.Match::mailbox);
    }

    private MappingFile accepted(String csv) throws IOException {
        Parsed parsed = parse(write(csv, StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
        return ((Parsed.Accepted) parsed).file();
    }

    private Parsed.Rejected rejected(String csv) throws IOException {
        Parsed parsed = parse(write(csv, StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
        return (Parsed.Rejected) parsed;
    }

    private Path write(String csv, Charset charset) throws IOException {
        return Files.writeString(directory.resolve("mapping.csv"), csv, charset);
    }

    private static Parsed parse(Path csv) throws IOException {
        return MappingRoute.of("").read(csv);
    }
}
