package org.chatarchiver.landing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One landing zone behind the real route files, and short ways to use it. */
abstract class LandingFixture {
    static final Instant START = Instant.parse("2026-11-21T23:59:59Z");

    @TempDir
    Path data;

    LandingContext context;
    private int runs;

    /** A zone without the objects of other tests. */
    abstract LandingContext open(Path data) throws Exception;

    /** Changes stored bytes behind the landing zone's back. */
    abstract void overwrite(String path, byte[] bytes) throws IOException;

    abstract byte[] stored(String path) throws IOException;

    /** What another process needs to open the same zone; empty for none but the data directory. */
    abstract List<String> connection();

    @BeforeEach
    void open() throws Exception {
        context = open(data);
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    LandingPath run() {
        return LandingPath.of("wechat", START, getClass().getSimpleName() + "-" + System.nanoTime() + "-" + runs++);
    }

    Landed land(String path, String text) throws IOException {
        return context.landings().land(stage(path, text));
    }

    String read(Landed landed) throws IOException {
        try (InputStream plain = context.landings().open(landed.path(), landed.sha256())) {
            return new String(plain.readAllBytes(), UTF_8);
        }
    }

    /** As the program does it: the bytes, then the pointer to them. */
    AttachmentPointer landAttachment(LandingPath run, String href, String contentType, byte[] bytes)
            throws IOException {
        Landings landings = context.landings();
        Landed landed = landings.land(context.staging().stageAttachment(run, new ByteArrayInputStream(bytes)));
        AttachmentPointer pointer = AttachmentPointer.landed(href, landed, contentType);
        landings.land(landings.stage(run, pointer));
        return pointer;
    }

    Landed landed(String path) {
        try {
            return land(path, path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Staged<Void> stage(String path, String text) throws IOException {
        return context.staging().stage(path, text.getBytes(UTF_8), null);
    }

    List<String> pages(LandingPath run) throws IOException {
        try (Stream<LandedPage> pages = context.landings().pages(run.folder())) {
            return pages.map(LandedPage::path).toList();
        }
    }

    List<Path> stagedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("staging"))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    static Manifest manifest(LandingPath run, List<Manifest.Page> pages) {
        return new Manifest(
                run.connector(),
                run.run(),
                START.minusSeconds(86_400),
                START,
                START,
                START.plusSeconds(9),
                -1,
                pages,
                List.of(),
                null);
    }
}
