package org.chatarchiver.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chatarchiver.mapping.RowError;
import org.chatarchiver.message.Sha256;
import org.chatarchiver.setup.MappingPreviews.Preview;
import org.chatarchiver.setup.MappingPreviews.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingPreviewsTest {
    private static final String HEADER = "External User ID,Microsoft 365 User Mailbox";
    private static final MappingPreviews PREVIEWS = SetupFixture.previews();

    @TempDir
    private Path folder;

    @Test
    void aGoodFileShowsItsFirstRowsAndHowManyThereAre() throws IOException {
        String csv = "\ufeff" + HEADER + ",Valid From,Valid To\r\n"
                + " +447700900101 ,Ann@example.com,,\r\n\r\n"
                + "+447700900102,ann@example.com,2026-01-01,\r\n"
                + "\"wxid_\u660e\",bob@example.com,2026-01-01,2026-06-30\r\n";

        assertThat(preview(csv))
                .isEqualTo(new Preview.Good(
                        Sha256.of(csv),
                        3,
                        2,
                        List.of(
                                new Row(2, "+447700900101", "Ann@example.com", "", ""),
                                new Row(4, "+447700900102", "ann@example.com", "2026-01-01", ""),
                                new Row(5, "wxid_\u660e", "bob@example.com", "2026-01-01", "2026-06-30"))));
    }

    @Test
    void ofManyRowsTheFirstTenAreShown() throws IOException {
        String csv = HEADER + "\n"
                + IntStream.range(0, 5_000)
                        .mapToObj(i -> "user" + i + ",u" + i % 100 + "@example.com")
                        .collect(Collectors.joining("\n"));

        Preview.Good good = (Preview.Good) preview(csv);

        assertThat(good.rows()).isEqualTo(5_000);
        assertThat(good.mailboxes()).isEqualTo(100);
        assertThat(good.first()).hasSize(MappingPreviews.FIRST_ROWS);
        assertThat(good.first().get(9)).isEqualTo(new Row(11, "user9", "u9@example.com", "", ""));
    }

    @Test
    void everyBadRowIsNamedWithItsLineAsForTheFileInUse() throws IOException {
        Preview bad = preview(HEADER + "\n=1+1,ann@example.com\n+447700900101,ann@example.com\n+447700900102,nobody\n"
                + "+447700900101,bob@example.com\n");

        assertThat(bad).asInstanceOf(type(Preview.Bad.class)).satisfies(rejected -> {
            assertThat(rejected.count()).isEqualTo(3);
            assertThat(rejected.errors()).extracting(RowError::line).containsExactly(2L, 4L, 5L);
            assertThat(rejected.errors().get(2).reason()).contains("stands in line 3 too");
        });
    }

    @Test
    void ofManyBadRowsAHundredAreListedAndAllAreCounted() throws IOException {
        Preview.Bad bad = (Preview.Bad) preview(HEADER + "\n" + "x,nobody\n".repeat(250));

        assertThat(bad.count()).isEqualTo(250);
        assertThat(bad.errors()).hasSize(100);
    }

    @Test
    void aFileOfAnotherFormatThatIsCalledCsvIsNamedForWhatItIs() throws IOException {
        assertThat(reason(zip()))
                .isEqualTo("The file is a ZIP archive or an Excel workbook; save it as \"CSV UTF-8\".");
        assertThat(reason(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1}))
                .contains("workbook of an old Excel");
        Path gzip = folder.resolve("packed.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(HEADER.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(reason(Files.readAllBytes(gzip))).isEqualTo("The file is compressed by gzip; unpack it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void utf16IsNamedWithItsMarkAndWithout(String charset) throws IOException {
        String csv = HEADER + "\r\n+447700900101,ann@example.com\r\n";
        assertThat(reason(csv.getBytes(Charset.forName(charset))))
                .isEqualTo("The file is UTF-16; save it as \"CSV UTF-8\".");
    }

    @Test
    void aFileWithoutAnythingToMapSaysSo() throws IOException {
        assertThat(reason(new byte[0])).contains("The file is empty", HEADER);
        assertThat(reason(HEADER.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("The file has a header but no rows; it would map nobody.");
        assertThat(reason((HEADER.replace(',', ';') + "\na;b@example.com").getBytes(StandardCharsets.US_ASCII)))
                .contains("The header is 'External User ID;Microsoft 365 User Mailbox'; it must be");
        assertThat(reason("f\u00fcr".getBytes(StandardCharsets.ISO_8859_1))).contains("not UTF-8");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        Path large = folder.resolve("large.csv");
        try (var file = java.nio.channels.FileChannel.open(
                large, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            file.write(java.nio.ByteBuffer.wrap(new byte[1]), 100L << 20);
        }
        assertThat(((Preview.Bad) PREVIEWS.preview(large)).errors())
                .containsExactly(new RowError(0, "The file is larger than 64 MB."));
    }

    private String reason(byte[] bytes) throws IOException {
        Preview.Bad bad = (Preview.Bad) PREVIEWS.preview(Files.write(folder.resolve("m.csv"), bytes));
        return bad.errors().get(0).reason();
    }

    private Preview preview(String csv) throws IOException {
        return PREVIEWS.preview(Files.writeString(folder.resolve("m.csv"), csv));
    }

    private byte[] zip() throws IOException {
        Path file = folder.resolve("book.csv");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write('x');
        }
        return Files.readAllBytes(file);
    }
}
