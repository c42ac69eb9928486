package org.chatarchiver.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of an attachment, wherever they are. */
public sealed interface Content {

    /** Bytes at hand. */
    sealed interface Present extends Content {
        /** Decoded length in bytes. */
        long size();

        /** Lower-case hex SHA-256 of the decoded bytes. */
        String sha256();

        /** A new stream over the decoded bytes; the caller closes it. */
        InputStream open() throws IOException;
    }

    /** Small enough to be held in memory. */
    record InMemory(byte[] bytes, String sha256) implements Present {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    /** Spooled to a file; temporary ones are removed by the reader that made them once the message's chunk is done. */
    record OnDisk(Path file, long size, String sha256) implements Present {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /**
     * In the landing zone.
     *
     * @param source opens the stored bytes; fails at their end where they are not those that landed
     */
    record Stored(long size, String sha256, Source source) implements Present {
        @Override
        public InputStream open() throws IOException {
            return source.open();
        }
    }

    /** Where bytes come from. */
    @FunctionalInterface
    interface Source {
        /** A new stream; the caller closes it. */
        InputStream open() throws IOException;
    }

    /**
     * To be fetched from the source's own host; replaced by one of the others before the message is marshalled.
     *
     * @param instead bytes that stood beside the href and are not what the source declared, for when the href gives none; null without
     */
    record Remote(String href, Present instead) implements Content {
        public Remote(String href) {
            this(href, null);
        }
    }

    /**
     * Cannot be had: the item counts as partially imported.
     *
     * @param size bytes as far as known, else -1
     * @param sha256 empty where unknown
     * @param detail what else there is to say of why; empty where nothing
     */
    record Absent(Why why, long size, String sha256, String detail) implements Content {
        public Absent(Why why, long size, String sha256) {
            this(why, size, sha256, "");
        }
    }

    /** Why an attachment is not in the e-mail. */
    enum Why {
        /** Over the limit for one attachment. */
        TOO_LARGE,
        /** Left out so that the item as a whole fits. */
        ITEM_TOO_LARGE,
        /** The source answered 404. */
        GONE,
        /** The source's base64 is not base64. */
        UNDECODABLE,
        /** The operators' own inspection has refused it. */
        REFUSED,
        /** The href points to another scheme, host or port, or is no URI. */
        FOREIGN_HREF
    }
}
