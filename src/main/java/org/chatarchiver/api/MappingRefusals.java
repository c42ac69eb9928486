package org.chatarchiver.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.chatarchiver.mapping.MappingFileParser;
import org.chatarchiver.mapping.RowError;
import org.chatarchiver.setup.Uploads;
import org.springframework.http.HttpStatus;

/** What is said of a mapping file that cannot be used. */
final class MappingRefusals {
    /** For a file that was to replace another. */
    static final String STAYS = " The mapping in use stays.";

    private MappingRefusals() {}

    /**
     * @param count of all errors; {@code errors} are the first of them
     * @param rest a sentence of what the refusal leaves as it is, with a blank in front, or nothing
     */
    static Refusal errors(List<RowError> errors, long count, String rest) {
        String more = count > errors.size() ? " (the first " + errors.size() + " are listed)" : "";
        return Refusal.listing(
                HttpStatus.UNPROCESSABLE_ENTITY,
                "The mapping file has " + count + (count == 1 ? " error" : " errors") + more
                        + "; mend them and send it again." + rest,
                "errors",
                errors);
    }

    /**
     * Hears the file out first: whoever still sends it would see a broken connection in place of the answer.
     *
     * @throws IOException where the body breaks off
     */
    static Refusal tooLarge(InputStream body, String rest) throws IOException {
        Uploads.hearOut(body);
        return Refusal.of(
                HttpStatus.PAYLOAD_TOO_LARGE,
                "The mapping file is larger than " + (MappingFileParser.MOST_BYTES >> 20)
                        + " MB; leave out rows that are no longer valid." + rest);
    }
}
