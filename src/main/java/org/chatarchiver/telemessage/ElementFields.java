package org.chatarchiver.telemessage;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chatarchiver.ledger.Reason;

/**
 * Reads the values of one element's fields, remembers the first thing that is wrong, and always leaves the cursor behind the value, so
 * that the fields after it are read all the same.
 */
final class ElementFields {
    private static final int LONGEST_HINT = 200;

    private final PageCursor cursor;
    private Reason reason;
    private String sentence = "";
    private final Set<String> repaired = new LinkedHashSet<>();

    ElementFields(PageCursor cursor) {
        this.cursor = cursor;
    }

    /** Null while nothing is wrong. */
    Reason reason() {
        return reason;
    }

    String sentence() {
        return sentence;
    }

    /** The fields in which broken characters were replaced. */
    Set<String> repaired() {
        return repaired;
    }

    void wrong(Reason what, String why) {
        if (reason == null) {
            reason = what;
            sentence = why;
        }
    }

    /** Reads one value of an object's field. */
    interface FieldReader {
        void read(String name) throws IOException;
    }

    /** Gives every field of the object at hand to the reader, the cursor on its value. */
    void object(FieldReader reader) throws IOException {
        while (cursor.next() == JsonToken.FIELD_NAME) {
            String name = cursor.name();
            cursor.next();
            reader.read(name);
        }
    }

    /** An object where one is expected; null counts as absent. */
    void object(String field, FieldReader reader) throws IOException {
        if (cursor.token() == JsonToken.START_OBJECT) {
            object(reader);
        } else if (cursor.token() != JsonToken.VALUE_NULL) {
            wrongType(field, "an object");
        }
    }

    /** A list of objects; a single object is taken as a list of one. */
    void objects(String field, Runnable before, FieldReader reader) throws IOException {
        if (cursor.token() != JsonToken.START_ARRAY) {
            before.run();
            object(field, reader);
            return;
        }
        while (cursor.next() != JsonToken.END_ARRAY) {
            before.run();
            object(field, reader);
        }
    }

    /** A list of strings. A single string is refused: it may be several, joined in who knows what way. */
    List<String> strings(String field) throws IOException {
        List<String> values = new ArrayList<>();
        if (cursor.token() == JsonToken.START_ARRAY) {
            while (cursor.next() != JsonToken.END_ARRAY) {
                values.add(string(field));
            }
        } else if (cursor.token() != JsonToken.VALUE_NULL) {
            wrongType(field, "a list");
        }
        return values;
    }

    /** A string of at most 1 MB, or a number's digits; empty for null. */
    String string(String field) throws IOException {
        return string(field, Json.LONGEST_STRING, Reason.STRING_TOO_LONG);
    }

    /** A value that helps where it can be read, and whose message is as good without it: empty where it is no string or number, or is long. */
    String hint() throws IOException {
        JsonToken token = cursor.token();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            skip();
            return "";
        }
        String value = cursor.text(LONGEST_HINT);
        return value == null ? "" : value;
    }

    /** The text of a message, which may be longer than other strings. */
    String text(String field) throws IOException {
        return string(field, Json.LONGEST_TEXT, Reason.TEXT_TOO_LARGE);
    }

    /** True, false, or the same in a string; null where it is absent. */
    Boolean flag(String field) throws IOException {
        if (cursor.token().isBoolean()) {
            return cursor.token() == JsonToken.VALUE_TRUE;
        }
        String word = string(field);
        if (!word.isEmpty() && !word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
            wrong(Reason.FIELD_TYPE_WRONG, "The field " + field + " is neither true nor false");
        }
        return word.isEmpty() ? null : Boolean.valueOf(word);
    }

    void skip() throws IOException {
        if (!cursor.skip()) {
            wrong(Reason.TOO_DEEP, "The message is nested more than " + Json.DEEPEST + " levels deep");
        }
    }

    private String string(String field, int longest, Reason tooLong) throws IOException {
        JsonToken token = cursor.token();
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            wrongType(field, "a string");
            return "";
        }
        String value = cursor.text(longest);
        if (value == null) {
            wrong(tooLong, "The field " + field + " is longer than " + longest + " characters");
            return "";
        }
        String clean = Broken.replaced(value);
        if (clean != value) {
            repaired.add(field);
        }
        return clean;
    }

    private void wrongType(String field, String expected) throws IOException {
        wrong(Reason.FIELD_TYPE_WRONG, "The field " + field + " is not " + expected);
        skip();
    }
}
