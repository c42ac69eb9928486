package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chatarchiver.connector.MappingRoute;
import org.chatarchiver.message.Blanks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and spreadsheets put into the cells of a mapping file beside what belongs there. */
class CellsTest {
    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox\n";
    private static final String DATED = "External User ID,Microsoft 365 User Mailbox,Valid From,Valid To\n";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "202-555-0100",
                "(202) 555-0100",
                "202.555.0100",
                "tel:202-555-0100",
                "501-555-0100",
                "507 200-1234",
                "646-555-0100",
                "55 1234 5678",
                "447700 900103",
                "4479 1112 3456"
            })
    void aNumberInTheGroupsOfANationalOneIsRefusedThoughAnotherCountryHasItsDigits(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo("The External User ID '" + id + "' may be a national number;"
                        + " write it as +<country code><number>, or set archiver.mapping.default-region.");
    }

    @ParameterizedTest
    @CsvSource({
        "44 7700 900103, 447700900103",
        "44 (0)7911 123456, 447911123456",
        "(44) 7911-123456, 447911123456",
        "00 44 7911 123456, 447911123456",
        "1-202-555-0100, 12025550100",
        "1.202.555.0100, 12025550100",
        "52 55 1234 5678, 525512345678",
        "55 11 98888-0001, 5511988880001",
        "86 130 1234 5678, 8613012345678",
        "852 5123 4567, 85251234567",
        "+501 555 0100, 5015550100",
        "2025550100, 2025550100"
    })
    void aNumberWhoseFirstGroupIsItsCountryCodeIsAccepted(String written, String received) throws IOException {
        assertThat(mailbox(accepted(HEADER + written + ",a@b.example\n", ""), received))
                .contains("a@b.example");
    }

    @Test
    void aNationalNumberOfTheDefaultRegionIsAcceptedInItsGroups() throws IOException {
        MappingFile file = accepted(HEADER + "202-555-0100,a@b.example\n(646) 555-0100,c@b.example\n", "US");
        assertThat(mailbox(file, "12025550100")).contains("a@b.example");
        assertThat(mailbox(file, "16465550100")).contains("c@b.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#N/A",
                "#n/a",
                "#REF!",
                "#VALUE!",
                "#NAME?",
                "#DIV/0!",
                "#NUM!",
                "#NULL!",
                "#SPILL!",
                "#ERROR!",
                "#GETTING_DATA",
                "#NV",
                "#N/D",
                "#WERT!",
                "#\u00a1VALOR!",
                "#\u00bfNOMBRE?",
                "#N\u00daM!",
                "#\u0417\u041d\u0410\u0427!",
                "Err:508",
                "########",
                " #N/A\u00a0"
            })
    void whatASpreadsheetShowsForAFailedFormulaIsRefusedInEveryColumn(String error) throws IOException {
        String shown = Blanks.cutOff(error);
        String cure = "is what a spreadsheet shows where a formula has failed; write the value itself.";
        assertThat(rejected(DATED + error + ",a@b.example,,\nb," + error + ",,\nc,a@b.example," + error
                        + ",\nd,a@b.example,," + error + "\n"))
                .extracting(RowError::toString)
                .containsExactly(
                        "Line 2: The External User ID '" + shown + "' " + cure,
                        "Line 3: The mailbox '" + shown + "' " + cure,
                        "Line 4: The date '" + shown + "' " + cure,
                        "Line 5: The date '" + shown + "' " + cure);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"N/A", "n/a", "NULL", "(null)", "None", "nan", "<NA>", "undefined", "(blank)", "TRUE", "False"})
    void whatStandsForNoValueIsRefused(String word) throws IOException {
        String cure = "stands for no value; write the value, or leave the row out.";
        assertThat(rejected(HEADER + word + ",a@b.example\nb," + word + "\n"))
                .extracting(RowError::toString)
                .containsExactly(
                        "Line 2: The External User ID '" + word + "' " + cure,
                        "Line 3: The mailbox '" + word + "' " + cure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "...", "/", "\u2014", "(?)", "#", "\u3002"})
    void punctuationAloneIsRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo(
                        "The External User ID '" + id + "' is punctuation alone; write the id, or leave the row out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "447700900103 (work)",
                "447700900103(work)",
                "(work) +44 7700 900103",
                "mob 447700900103",
                "mob: 447700900103",
                "Mob.447700900103",
                "Tel. +44 7700 900103",
                "mob+447700900103",
                "Ivy Jones 447700900103",
                "447700900103 Ivy",
                "447700900103, work",
                "447700900103/work",
                "447700900103 / 447700900104 old",
                "447700900103 or 447700900104",
                "447700900103 ext 12",
                "447700900103x12",
                "447700900103ext.12",
                "07911 123456 mobile",
                "202-555-0100 (office)",
                "447700900103 wxid_ivy09",
                "447700900103@c.us (work)",
                "\u624b\u673a 447700900103",
                "447700900103\uff08\u5de5\u4f5c\uff09"
            })
    void wordsBesideANumberAreRefused(String id) throws IOException {
        assertThat(refusalOf(id))
                .isEqualTo("The External User ID '" + id
                        + "' has words beside a number; write one number a row, and nothing else in the cell.");
    }

    private String refusalOf(String id) throws IOException {
        List<RowError> errors = rejected(HEADER + (id.contains(",") ? "\"" + id + "\"" : id) + ",a@b.example\n");
        assertThat(errors).singleElement().extracting(RowError::line).isEqualTo(2L);
        return errors.get(0).reason();
    }

    private static Optional<String> mailbox(MappingFile file, String participant) {
        return file.lookup(participant, NOON).map(MappingFile.Match::mailbox);
    }

    private MappingFile accepted(String csv, String region) throws IOException {
        Parsed parsed = parse(csv, region);
        assertThat(parsed).isInstanceOf(Parsed.Accepted.class);
        return ((Parsed.Accepted) parsed).file();
    }

    private List<RowError> rejected(String csv) throws IOException {
        Parsed parsed = parse(csv, "");
        assertThat(parsed).isInstanceOf(Parsed.Rejected.class);
        return ((Parsed.Rejected) parsed).errors();
    }

    private Parsed parse(String csv, String region) throws IOException {
        return MappingRoute.of(region).read(Files.writeString(directory.resolve("mapping.csv"), csv));
    }
}
