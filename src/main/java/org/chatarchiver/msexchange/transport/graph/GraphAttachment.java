package org.chatarchiver.msexchange.transport.graph;

import com.microsoft.graph.models.FileAttachment;

/** A file of an item, its bytes as they were before the e-mail's transfer encoding. */
record GraphAttachment(String name, String contentType, byte[] content) {
    /** What the names and the JSON around them take at most, beside the content. */
    private static final int FRAME = 512;

    long size() {
        return content.length;
    }

    /** Bytes in a request's JSON, at most. */
    long encodedSize() {
        return (content.length + 2L) / 3 * 4 + FRAME + 6L * (name.length() + contentType.length());
    }

    FileAttachment model() {
        FileAttachment file = new FileAttachment();
        file.setName(name);
        file.setContentType(contentType);
        file.setIsInline(false);
        file.setContentBytes(content);
        return file;
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return contentType + " of " + content.length + " bytes";
    }
}
