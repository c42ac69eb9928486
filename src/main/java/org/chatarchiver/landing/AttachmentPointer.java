package org.chatarchiver.landing;

/**
 * What became of an attachment that the source gave by href; stored beside the page, so that a replay needs no source.
 *
 * @param href as the page names it
 * @param path where the bytes are; empty where they are gone
 * @param sha256 lower-case hex SHA-256 of the bytes; empty where they are gone
 * @param size bytes; -1 where they are gone
 * @param contentType as the source's answer named it, unchecked; empty where it named none
 */
public record AttachmentPointer(String href, String path, String sha256, long size, String contentType, State state) {

    /** Whether the source still had it. */
    public enum State {
        LANDED,
        /** The source answered 404: the item is imported without it. */
        GONE
    }

    static AttachmentPointer gone(String href) {
        return new AttachmentPointer(href, "", "", -1, "", State.GONE);
    }
}
