package org.chatarchiver.connector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Variable;
import org.apache.commons.csv.CSVRecord;
import org.chatarchiver.mapping.MappingFileParser;
import org.chatarchiver.mapping.MappingReader;
import org.chatarchiver.mapping.Parsed;
import org.chatarchiver.mapping.RowReader;
import org.chatarchiver.message.PartyIds;

/** Has mapping files read by the route {@code read-mapping}, and gives its steps what they decide by. */
public final class MappingReading implements MappingReader {
    /** The variable for the {@link RowReader} of the mapping file whose rows are being read. */
    public static final String TEXT = "text";

    private final ProducerTemplate routes;
    private final MappingFileParser parser;

    public MappingReading(ProducerTemplate routes, PartyIds ids) {
        this.routes = routes;
        this.parser = new MappingFileParser(ids);
    }

    @Override
    public Parsed read(Path csv) throws IOException {
        try {
            return routes.requestBody("direct:read-mapping", csv, Parsed.class);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IOException("the route read-mapping failed: " + e.getCause(), e.getCause());
        }
    }

    /** The file's text, or what is wrong with the file as a whole. */
    public Object open(@Body Path csv) throws IOException {
        Optional<Parsed.Rejected> refusal = MappingFileParser.refusal(csv);
        return refusal.isPresent() ? refusal.get() : MappingFileParser.open(csv);
    }

    /** Whether there are rows to be read. */
    public boolean opened(@Body Object text) {
        return text instanceof RowReader;
    }

    /** The mapping, or what is wrong with which row. */
    public Parsed check(@Body Iterator<CSVRecord> rows, @Variable(TEXT) RowReader text) throws IOException {
        return parser.check(rows, text);
    }
}
