package org.chatarchiver.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+2", "+49151", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\uFF1D1+2", "\uFF20SUM(A1)"})
    void whatASpreadsheetWouldRunHasAnApostropheInFront(String cell) {
        assertThat(Csv.line(cell, "x").replace("\"", "")).startsWith("'" + cell);
    }

    @Test
    void cellsAreQuotedWhereTheyMustBeAndNothingElseIsChanged() {
        assertThat(Csv.line("a,b", "say \"hi\"", "two\nlines", "plain = text", null, "", 7, -7L, Reason.NO_MAPPING))
                .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",plain = text,,,7,-7,NO_MAPPING\r\n");
        assertThat(Csv.line("=HYPERLINK(\"http://x\",\"y\")"))
                .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
    }
}
