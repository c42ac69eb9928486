package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** How the feed's JSON is parsed: the limits of product.md 3. */
final class Json {
    /** Characters of a text that is still read; far above the 10 MB that an item may have. */
    static final int LONGEST_TEXT = 12 * 1024 * 1024;

    /** Characters of any other string. */
    static final int LONGEST_STRING = 1024 * 1024;

    /** Nesting of a message, counted from the page's root. */
    static final int DEEPEST = 64;

    /** Nesting at which a page as a whole is refused: a parser's memory grows with it. */
    static final int DEEPEST_PAGE = 1_000;

    /**
     * Strings are skipped without these limits, names and numbers are not: a page with a longer one cannot be read at all.
     * Names are not interned, since the feed may bring any number of them. Control characters may stand in a string as they are, which
     * no JSON allows (RFC 8259 7) and phones send all the same.
     */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_STRING)
                    .maxNumberLength(LONGEST_STRING)
                    .maxNestingDepth(DEEPEST_PAGE)
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private Json() {}

    static int depth(JsonParser parser) {
        return parser.getParsingContext().getNestingDepth();
    }
}
