package org.chatarchiver.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.chatarchiver.mapping.MappingFileParser;
import org.chatarchiver.message.Printable;
import org.chatarchiver.security.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Holds mapping files that somebody sends in {@code <archiver.data>/uploads}, for our eyes only (0600), for as long as they are looked at.
 * Safe for many threads.
 */
@Component
public class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final String FOLDER = "uploads";
    /** Nobody looks at one for so long: whoever did was killed. */
    private static final Duration LEFT = Duration.ofHours(1);

    private static final int BUFFER = 64 * 1024;

    /** A client that is cut off while it sends sees a broken connection, and not what is said to it. */
    private static final long MOST_HEARD_OUT = 256L << 20;

    private final DataDirectory data;

    Uploads(DataDirectory data) {
        this.data = data;
    }

    /** Looks at a file. */
    public interface Look<T> {
        T at(Path csv) throws IOException;
    }

    /**
     * Has a file looked at, and removes it.
     *
     * @param body read to its end, or to a bit more than the largest mapping file has, which is refused by whoever looks; not closed
     * @throws IOException where the body breaks off or the disk fails, and whatever the look throws
     */
    public <T> T held(InputStream body, Look<T> look) throws IOException {
        Path folder = data.directory(FOLDER);
        // createTempFile makes it 0600.
        Path file = Files.createTempFile(folder, "mapping-", ".csv");
        try {
            sweep(folder, Files.getLastModifiedTime(file).toInstant());
            try (OutputStream out = Files.newOutputStream(file)) {
                byte[] buffer = new byte[BUFFER];
                long size = 0;
                for (int n = body.read(buffer); n >= 0 && size <= MappingFileParser.MOST_BYTES; n = body.read(buffer)) {
                    out.write(buffer, 0, n);
                    size += n;
                }
            }
            return look.at(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Reads what is too large to its end, up to 256 MB, and keeps nothing of it: whoever sends it hears the answer then.
     *
     * @throws IOException where the body breaks off
     */
    public static void hearOut(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long heard = 0;
        for (int n = body.read(buffer); n >= 0 && heard < MOST_HEARD_OUT; n = body.read(buffer)) {
            heard += n;
        }
    }

    /** @param now by the clock of the file system */
    private static void sweep(Path folder, Instant now) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(LEFT))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.debug("What was left in {} stays: {}", folder, Printable.of(e.toString()));
        }
    }
}
