package org.chatarchiver.message;

/**
 * A file that came with a message.
 *
 * @param name as the source gave it, unchecked; empty where it gave none
 * @param contentType as the source gave it, unchecked; empty where it gave none
 */
public record Attachment(String name, String contentType, Content content) {

    public Attachment with(Content other) {
        return new Attachment(name, contentType, other);
    }
}
