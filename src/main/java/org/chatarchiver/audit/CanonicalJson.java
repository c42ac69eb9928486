package org.chatarchiver.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;

/** JSON of one form for each value (RFC 8785), so that a hash of it can be found again by whatever reads it. */
final class CanonicalJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CanonicalJson() {}

    /** @param value a map of texts, whole numbers below 2^53, truth values, nulls, and lists and maps of them */
    static String of(Object value) {
        try {
            return new JsonCanonicalizer(JSON.writeValueAsString(value)).getEncodedString();
        } catch (IOException e) {
            throw new UncheckedIOException("not to be written as JSON", e);
        }
    }

    /** @throws IllegalArgumentException where it is no JSON, as of a row that somebody has changed */
    static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
    }
}
