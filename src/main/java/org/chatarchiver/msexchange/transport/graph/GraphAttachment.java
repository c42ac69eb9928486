package org.chatarchiver.msexchange.transport.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** A file of an item (Graph's {@code fileAttachment}), its bytes as they were before the e-mail's transfer encoding. */
@JsonPropertyOrder({"@odata.type", "contentType", "isInline", "name", "contentBytes"})
record GraphAttachment(
        String name,
        String contentType,
        @JsonProperty("contentBytes") byte[] content) {
    /** What the names and the JSON around them take at most, beside the content. */
    private static final int FRAME = 512;

    /** Which of the kinds of attachments it is, which stand in one collection. */
    @JsonProperty("@odata.type")
    String type() {
        return "#microsoft.graph.fileAttachment";
    }

    @JsonProperty("isInline")
    boolean inline() {
        return false;
    }

    long size() {
        return content.length;
    }

    /** Bytes in a request's JSON, at most. */
    long encodedSize() {
        return (content.length + 2L) / 3 * 4 + FRAME + 6L * (name.length() + contentType.length());
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return contentType + " of " + content.length + " bytes";
    }
}
