package org.chatarchiver.landing;

/**
 * What became of an attachment that the source gave by href; stored beside the page, so that a replay needs no source.
 *
 * @param href as the page names it
 * @param path where the bytes are; empty where they have not landed
 * @param sha256 lower-case hex SHA-256 of the bytes; empty where they have not landed
 * @param size bytes; -1 where they are gone, and the limit where there are more
 * @param contentType as the source's answer named it, unchecked; empty where it named none
 */
public record AttachmentPointer(String href, String path, String sha256, long size, String contentType, State state) {

    /** Whether the source still had it. */
    public enum State {
        LANDED,
        /** The source answered 404: the item is imported without it. */
        GONE,
        /** More bytes than were taken: the item waits in its channel until a requeue with a higher limit. */
        OVERSIZE
    }

    /** To bytes that have landed. */
    public static AttachmentPointer landed(String href, Landed bytes, String contentType) {
        return new AttachmentPointer(href, bytes.path(), bytes.sha256(), bytes.size(), contentType, State.LANDED);
    }

    /** The source no longer has it. */
    public static AttachmentPointer gone(String href) {
        return new AttachmentPointer(href, "", "", -1, "", State.GONE);
    }

    /** It has more bytes than are taken, which says so that they are not fetched over and over. */
    public static AttachmentPointer oversize(String href, long limit) {
        return new AttachmentPointer(href, "", "", limit, "", State.OVERSIZE);
    }
}
