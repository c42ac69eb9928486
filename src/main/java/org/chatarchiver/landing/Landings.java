package org.chatarchiver.landing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/**
 * The landing zone for Java code: goes through the routes {@code land-object}, {@code read-object} and {@code list-objects}, whichever
 * landing they stand for. Safe for use by several threads; every method that reads or writes throws a {@link LandingException} or
 * another IOException when the landing zone fails.
 */
public final class Landings {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final ProducerTemplate routes;
    private final Landing landing;
    private final Staging staging;

    Landings(ProducerTemplate routes, Landing landing, Staging staging) {
        this.routes = routes;
        this.landing = landing;
        this.staging = staging;
    }

    /** Stores it for good and removes the staged file, also where this fails. */
    public Landed land(Staged<?> staged) throws IOException {
        return call("direct:land-object", staged, Landed.class);
    }

    /**
     * A new stream over the plain bytes; the caller closes it. Its end is reached only if the bytes are those that landed: a
     * {@link LandingCorruptException} otherwise, so what is read from it counts only once it has been read to its end.
     */
    public InputStream open(String path, String sha256) throws IOException {
        return new VerifiedStream(path, sha256, stored(path));
    }

    /** Whether a failure of reading says that nothing is under that path. */
    public boolean isMissing(LandingException failure) {
        return landing.isMissing(failure.getCause());
    }

    /**
     * Finds out digest and size of what landed under a path, by reading it all: for pages that nobody has recorded.
     *
     * @throws LandingCorruptException if the bytes are not whole, or not those whose digest the store noted when they landed
     * @throws IOException whatever the reading throws
     */
    public <T> Inspected<T> inspect(String path, Reading<T> reading) throws IOException {
        String noted = landing.digest(path).orElse("");
        StagingStream stream;
        T value;
        try (InputStream stored = stored(path);
                InputStream plain = path.endsWith(".gz") ? new GZIPInputStream(stored) : stored) {
            stream = new StagingStream(plain, OutputStream.nullOutputStream());
            value = reading.read(stream);
            stream.finish();
        } catch (EOFException | ZipException e) {
            throw new LandingCorruptException(path, noted, "broken gzip (" + e.getMessage() + ")", e);
        }
        Landed landed = new Landed(path, stream.sha256(), stream.size());
        if (!noted.isEmpty() && !noted.equals(landed.sha256())) {
            throw new LandingCorruptException(path, noted, landed.sha256(), null);
        }
        return new Inspected<>(landed, value);
    }

    /** @param value what the reading gave */
    public record Inspected<T>(Landed landed, T value) {}

    /**
     * The pages below a folder, in no particular order, read on as the stream is; the caller closes it.
     *
     * @param folder empty for all, else such as {@code wechat} or {@link LandingPath#folder()}
     */
    @SuppressWarnings("unchecked")
    public Stream<LandedPage> pages(String folder) throws IOException {
        Stream<String> paths = call("direct:list-objects", folder, Stream.class);
        return paths.flatMap(path -> LandedPage.parse(path).stream());
    }

    /** A pointer to bytes that have landed, or to what has not, to be landed beside the page. */
    public Staged<AttachmentPointer> stage(LandingPath run, AttachmentPointer pointer) throws IOException {
        return staging.stage(run.pointer(pointer.href()), JSON.writeValueAsBytes(pointer), pointer);
    }

    /** What became of an attachment in this run: its bytes if they were ever landed, else the last that was found, else empty. */
    public Optional<AttachmentPointer> attachment(LandingPath run, String href) throws IOException {
        AttachmentPointer last = null;
        for (int attempt = 1; ; attempt++) {
            Optional<AttachmentPointer> found = pointer(LandingPath.attempt(run.pointer(href), attempt));
            if (found.isEmpty()) {
                return Optional.ofNullable(last);
            }
            last = found.get();
            if (last.state() == AttachmentPointer.State.LANDED) {
                return found;
            }
        }
    }

    /** What became of every attachment of this run so far, in the order of their names. */
    @SuppressWarnings("unchecked")
    public List<AttachmentPointer> attachments(LandingPath run) throws IOException {
        List<String> paths;
        try (Stream<String> all = call("direct:list-objects", run.attachments(), Stream.class)) {
            paths = all.filter(path -> path.endsWith(".json")).sorted().toList();
        }
        List<AttachmentPointer> pointers = new ArrayList<>();
        for (String path : paths) {
            pointer(path).ifPresent(pointers::add);
        }
        return pointers;
    }

    /** A new stream over a landed attachment's bytes, verified as in {@link #open(String, String)}. */
    public InputStream open(AttachmentPointer landed) throws IOException {
        return open(landed.path(), landed.sha256());
    }

    /**
     * Lands a mapping file of a connector under its digest; one that is there already stays.
     *
     * @param sha256 lower-case hex of its bytes
     */
    public Landed land(String connector, String sha256, Path csv) throws IOException {
        try (InputStream plain = Files.newInputStream(csv)) {
            return land(staging.stage(LandingPath.mapping(connector, sha256), plain, unread -> null));
        }
    }

    /** Lands a run's manifest: {@code manifest.json}, or {@code manifest-<n>.json} where the run has another one already. */
    public Landed land(LandingPath run, Manifest manifest) throws IOException {
        return land(staging.stage(run.manifest(), JSON.writeValueAsBytes(manifest), manifest));
    }

    /** The manifest of a run, the last one where it has several; empty where its poll never ended. */
    public Optional<Manifest> manifest(LandingPath run) throws IOException {
        Optional<Manifest> last = Optional.empty();
        for (int attempt = 1; ; attempt++) {
            Optional<Manifest> next = json(LandingPath.attempt(run.manifest(), attempt), Manifest.class);
            if (next.isEmpty()) {
                return last;
            }
            last = next;
        }
    }

    /** Says beside a run that pages of it are about to be removed by retention: once, however often it is asked. */
    public void noteRetention(LandingPath run) throws IOException {
        if (!isCut(run)) {
            land(staging.stage(run.retention(), JSON.writeValueAsBytes(Map.of("run", run.run())), run));
        }
    }

    /** Whether retention has removed pages of a run, or is about to. */
    public boolean isCut(LandingPath run) throws IOException {
        return landing.exists(run.retention());
    }

    /** Removes what landed under a path, for good; nothing where it is gone. */
    public void remove(String path) throws IOException {
        landing.remove(path);
    }

    /** Whether anything stands under a path. */
    public boolean has(String path) throws IOException {
        return landing.exists(path);
    }

    /**
     * Removes all that a run has landed but what tells of the run itself: its manifest, and that retention has been there.
     *
     * @return how many objects
     */
    public long removeAll(LandingPath run) throws IOException {
        long removed = 0;
        try (Stream<String> all = landing.list(run.folder())) {
            for (String path : (Iterable<String>) all.filter(path -> !LandingPath.tells(path))::iterator) {
                landing.remove(path);
                removed++;
            }
        }
        return removed;
    }

    private Optional<AttachmentPointer> pointer(String path) throws IOException {
        return json(path, AttachmentPointer.class);
    }

    private <T> Optional<T> json(String path, Class<T> type) throws IOException {
        try (InputStream json = stored(path)) {
            return Optional.of(JSON.readValue(json, type));
        } catch (LandingException e) {
            if (landing.isMissing(e.getCause())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private InputStream stored(String path) throws IOException {
        return call("direct:read-object", LandingPath.checked(path), InputStream.class);
    }

    private <T> T call(String route, Object body, Class<T> type) throws IOException {
        try {
            return routes.requestBody(route, body, type);
        } catch (CamelExecutionException e) {
            if (e.getCause() instanceof LandingException known) {
                throw known;
            }
            throw new LandingException(
                    "the landing zone failed in " + route + ": " + e.getCause() + "; see routes/landing", e.getCause());
        }
    }
}
