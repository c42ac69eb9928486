package org.chatarchiver.landing;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Takes a stream to the local disk before it is landed, so that a body that ends early, stalls or turns out to be no page never gets a
 * name in the landing zone. Memory does not grow with the stream. Safe for use by several threads.
 */
public final class Staging implements Closeable {
    /** Plain bytes that are kept of what came for a page and is none. */
    public static final long LARGEST_REJECTED = 16L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final String GZIP = ".gz";

    private final StagingDirectory directory;

    /**
     * Removes what a killed process left.
     *
     * @param directory created with mode 0700 where it is missing
     */
    public Staging(Path directory) {
        try {
            this.directory = StagingDirectory.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot use the staging directory " + directory
                            + "; check owner, permissions and free space (archiver.data)",
                    e);
        }
    }

    /**
     * Stages a page, gzip where the path ends in {@code .gz}; equal bytes give equal files.
     *
     * @param plain read to its end, not closed
     * @throws LandingException if the disk fails
     * @throws IOException whatever the source or the reading throws; nothing stays behind
     */
    public <T> Staged<T> stage(String path, InputStream plain, Reading<T> reading) throws IOException {
        LandingPath.checked(path);
        return stage(plain, reading, path.endsWith(GZIP), sha256 -> path);
    }

    /**
     * Stages a page with a path that ends in {@code .gz}, and keeps what came where the reading refuses it or the source breaks off:
     * what is no page is evidence, too.
     *
     * @param plain read to its end, or as far as it goes; of what is refused no more than {@link #LARGEST_REJECTED}; not closed
     * @throws LandingException if the disk fails
     */
    public <T> Judged<T> judge(String path, InputStream plain, Reading<T> reading) throws LandingException {
        LandingPath.checked(path);
        Path file = create();
        boolean judged = false;
        try (OutputStream copy = open(file, path.endsWith(GZIP))) {
            Judged<T> result = judge(path, file, new StagingStream(plain, copy), reading);
            judged = true;
            return result;
        } catch (LandingException e) {
            throw e;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            if (!judged) {
                delete(file);
            }
        }
    }

    private <T> Judged<T> judge(String path, Path file, StagingStream stream, Reading<T> reading) throws IOException {
        try {
            T value = reading.read(stream);
            stream.finish();
            return new Judged.Whole<>(new Staged<>(file, path, stream.sha256(), stream.size(), value));
        } catch (IOException why) {
            stream.rethrow();
            stream.take(LARGEST_REJECTED);
            stream.complete();
            String name = LandingPath.rejected(path);
            return new Judged.Rejected<>(kept(new Staged<>(file, name, stream.sha256(), stream.size(), null)), why);
        }
    }

    /** What is kept of rejected bytes; null of none. */
    private Staged<Void> kept(Staged<Void> all) throws IOException {
        if (all.size() > 0 && all.size() <= LARGEST_REJECTED) {
            return all;
        }
        try (all) {
            return all.size() == 0 ? null : head(all);
        }
    }

    private Staged<Void> head(Staged<Void> all) throws IOException {
        Path file = create();
        boolean staged = false;
        try (InputStream plain = new GZIPInputStream(Files.newInputStream(all.file()), BUFFER);
                OutputStream copy = open(file, true)) {
            StagingStream stream = new StagingStream(plain, copy);
            stream.take(LARGEST_REJECTED);
            stream.complete();
            staged = true;
            return new Staged<>(file, all.path(), stream.sha256(), stream.size(), null);
        } finally {
            if (!staged) {
                delete(file);
            }
        }
    }

    /** Stages an attachment's bytes as they are; their digest becomes their name. Nothing knows of them before a pointer to them has landed too. */
    public Staged<Void> stageAttachment(LandingPath run, InputStream bytes) throws IOException {
        return stage(bytes, unread -> null, false, run::attachment);
    }

    /** @param value what the bytes stand for */
    <T> Staged<T> stage(String path, byte[] bytes, T value) throws IOException {
        return stage(path, new ByteArrayInputStream(bytes), unread -> value);
    }

    private <T> Staged<T> stage(InputStream plain, Reading<T> reading, boolean gzip, UnaryOperator<String> path)
            throws IOException {
        Path file = create();
        boolean staged = false;
        try {
            StagingStream stream;
            T value;
            try (OutputStream copy = open(file, gzip)) {
                stream = new StagingStream(plain, copy);
                try {
                    value = reading.read(stream);
                } finally {
                    stream.rethrow();
                }
                stream.finish();
            }
            String sha256 = stream.sha256();
            Staged<T> result = new Staged<>(file, path.apply(sha256), sha256, stream.size(), value);
            staged = true;
            return result;
        } finally {
            if (!staged) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path create() throws LandingException {
        try {
            return PrivateFiles.createTemporary(directory.path());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private LandingException failed(IOException e) {
        return new LandingException(
                "cannot write to the staging directory " + directory.path() + ": " + e.getMessage()
                        + "; check owner, permissions and free space (archiver.data)",
                e);
    }

    private void delete(Path file) throws LandingException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static OutputStream open(Path file, boolean gzip) throws IOException {
        OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        return gzip ? new FastGzip(plain) : plain;
    }

    /** Removes this process's part of the directory. */
    @Override
    public void close() throws IOException {
        directory.close();
    }

    /** A page with attachments inside is base64, which higher levels hardly make smaller but take three times as long for. */
    private static final class FastGzip extends GZIPOutputStream {
        private boolean closed;

        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }

        /** The JDK's own leaves the file open where its last bytes cannot be written, as on a full disk. */
        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try (OutputStream file = out) {
                super.close();
            } finally {
                def.end();
            }
        }
    }
}
