package org.chatarchiver.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Messages whose bulk is made while they are written; the rest is given as JSON without the field that is generated. */
public final class LargeMessage {
    private LargeMessage() {}

    /** One inline attachment of any size, as base64. */
    public static MessageWriter withAttachment(
            ObjectNode rest, String name, String contentType, GeneratedContent content) {
        byte[] head = open(
                rest,
                "\"attachment\":[{\"name\":" + quoted(name) + ",\"contentType\":" + quoted(contentType)
                        + ",\"attachSize\":" + content.size() + ",\"sha256\":\"" + content.sha256()
                        + "\",\"content\":\"");
        return out -> {
            out.write(head);
            content.writeBase64To(out);
            out.write("\"}]}".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** A text of {@code characters} ASCII letters in lines of 64. */
    public static MessageWriter withText(ObjectNode rest, long characters) {
        byte[] head = open(rest, "\"textContent\":\"");
        byte[] line = ("x".repeat(63) + "\\n").getBytes(StandardCharsets.US_ASCII);
        return out -> {
            out.write(head);
            for (long written = 0; written < characters; written += 64) {
                out.write(line);
            }
            out.write("\"}".getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static byte[] open(ObjectNode rest, String field) {
        String json = rest.toString();
        String start = rest.isEmpty() ? "{" : json.substring(0, json.length() - 1) + ",";
        return (start + field).getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        try {
            return new ObjectMapper().writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON string: " + text.length() + " characters", e);
        }
    }
}
