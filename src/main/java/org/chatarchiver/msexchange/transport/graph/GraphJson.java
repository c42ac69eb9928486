package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * Requests from records, whose names are Graph's, and answers as trees whose fields are found in any case: Outlook's upload sessions say {@code nextExpectedRanges} in one cloud and
 * {@code NextExpectedRanges} in another.
 */
final class GraphJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().setNodeFactory(new AnyCase());

    private GraphJson() {}

    private static final class AnyCase extends JsonNodeFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public ObjectNode objectNode() {
            return new ObjectNode(this, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
        }
    }

    /** A missing node where it is not JSON: a gateway's page, of which the status says what is to be known. */
    static JsonNode read(byte[] answer) throws IOException {
        try {
            return MAPPER.readTree(answer);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    /**
     * In UTF-8. Half of a surrogate pair, which an e-mail in UTF-32 can contain, becomes a question mark; by a generator of bytes it would be
     * an error.
     */
    static byte[] write(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            MAPPER.writeValue(writer, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
