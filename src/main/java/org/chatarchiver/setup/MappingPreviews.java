package org.chatarchiver.setup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.chatarchiver.mapping.MappingFile;
import org.chatarchiver.mapping.RowError;
import org.chatarchiver.message.Sha256;
import org.springframework.stereotype.Component;

/** Checks mapping files that are not in use, exactly as one that is. Safe for many threads, one at a time. */
@Component
public class MappingPreviews {
    public static final int FIRST_ROWS = MappingFile.FIRST_ROWS;

    private final MappingReads reads;

    MappingPreviews(MappingReads reads) {
        this.reads = reads;
    }

    /**
     * A row as the file writes it.
     *
     * @param line counted from 1, where the row starts
     * @param validFrom and validTo: ISO dates, empty where the row is open
     */
    public record Row(long line, String externalUserId, String mailbox, String validFrom, String validTo) {
        private static Row of(MappingFile.FirstRow row) {
            return new Row(row.line(), row.id(), row.mailbox(), date(row.from()), date(row.to()));
        }

        private static String date(LocalDate date) {
            return date == null ? "" : date.toString();
        }
    }

    /** What came of it. */
    public sealed interface Preview {
        /**
         * @param sha256 of the file, lower-case hex
         * @param mailboxes distinct, whatever their case
         * @param first the first {@value MappingPreviews#FIRST_ROWS} rows
         */
        record Good(String sha256, long rows, long mailboxes, List<Row> first) implements Preview {}

        /**
         * @param errors the first 100, in the order of the lines
         * @param count how many there are, also those that are not listed
         */
        record Bad(List<RowError> errors, long count) implements Preview {}
    }

    /** @throws IOException where the file cannot be read; what stands in it is never a cause */
    public Preview preview(Path csv) throws IOException {
        String sha256 = digest(csv);
        return reads.read(
                csv, file -> good(file, sha256), rejected -> new Preview.Bad(rejected.errors(), rejected.count()));
    }

    private static Preview good(MappingFile file, String sha256) {
        Set<String> mailboxes = new HashSet<>();
        file.mailboxes((mailbox, line) -> mailboxes.add(mailbox.toLowerCase(Locale.ROOT)));
        return new Preview.Good(
                sha256,
                file.size(),
                mailboxes.size(),
                file.first().stream().map(Row::of).toList());
    }

    private static String digest(Path csv) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(csv), Sha256.start())) {
            in.transferTo(OutputStream.nullOutputStream());
            return Sha256.finish(in.getMessageDigest());
        }
    }
}
