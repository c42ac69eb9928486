package org.chatarchiver.message;

/**
 * A file that came with a message.
 *
 * @param name as the source gave it, unchecked; empty where it gave none
 * @param contentType as the source gave it, unchecked; empty where it gave none
 * @param declared what the source says of its bytes; no part of the content, so that a declaration that changes makes no new revision
 */
public record Attachment(String name, String contentType, Content content, Declared declared) {

    /** A file that the source says nothing of. */
    public Attachment(String name, String contentType, Content content) {
        this(name, contentType, content, Declared.NOTHING);
    }

    public Attachment with(Content other) {
        return new Attachment(name, contentType, other, declared);
    }

    /** Whether what is known of its bytes is not what the source declared. */
    public boolean differs() {
        if (content instanceof Content.Present present) {
            return declared.differs(present.size(), present.sha256());
        }
        return content instanceof Content.Absent absent && declared.differs(absent.size(), absent.sha256());
    }
}
