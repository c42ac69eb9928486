package org.chatarchiver.landing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chatarchiver.ledger.LandingZone;

/**
 * Lets nobody at a landing zone before it is known to be the ledger's own: its name stands in {@link #NAME} at its top and in the ledger.
 * A zone without one, as at the first start, is given one, unless the ledger has another zone already; a ledger without one takes the
 * zone's. Asked once, by whoever comes first, and again for as long as the landing zone or the ledger is out. Safe for many threads.
 */
final class OwnZone implements ObjectStore {
    /** {@code {"zone": "<UUID>"}}. */
    static final String NAME = "landing-zone.json";

    private static final Pattern ZONE = Pattern.compile("[0-9a-f-]{36}");
    private static final int LONGEST = 1_000;
    /** So that the time-out of one that is out is waited for once, and not by each that asks. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectStore store;
    private final Supplier<LandingZone> ledger;
    private final Supplier<Staging> staging;
    private volatile boolean own;
    private LandingException last;
    private long asked;

    OwnZone(ObjectStore store, Supplier<LandingZone> ledger, Supplier<Staging> staging) {
        this.store = store;
        this.ledger = ledger;
        this.staging = staging;
    }

    /** @throws OtherZoneException where it is not the ledger's own */
    void require() throws IOException {
        if (!own) {
            ask();
        }
    }

    private synchronized void ask() throws IOException {
        if (own) {
            return;
        }
        if (last instanceof OtherZoneException other && isFresh()) {
            throw other;
        }
        if (last != null && isFresh()) {
            throw new LandingException(last.getMessage(), last);
        }
        try {
            String zone = zone();
            String noted = ledger.get().claim(zone);
            if (!noted.equals(zone)) {
                throw other(noted, "is the landing zone " + zone);
            }
            own = true;
        } catch (LandingException e) {
            last = e;
            asked = System.nanoTime();
            throw e;
        }
    }

    private boolean isFresh() {
        return System.nanoTime() - asked < REMEMBERED.toNanos();
    }

    private String zone() throws IOException {
        Optional<String> known = read();
        if (known.isPresent()) {
            return known.get();
        }
        Optional<String> noted = ledger.get().known();
        if (noted.isPresent()) {
            throw other(noted.get(), "has no " + NAME);
        }
        String fresh = UUID.randomUUID().toString();
        try (Staged<?> named = staging.get().stage(NAME, JSON.writeValueAsBytes(Map.of("zone", fresh)), fresh)) {
            return store.publish(NAME, named)
                    ? fresh
                    : read().orElseThrow(() -> new LandingException(NAME + " comes and goes", null));
        }
    }

    private static OtherZoneException other(String noted, String found) {
        return new OtherZoneException(
                "The ledger belongs to the landing zone " + noted + ", and the one that the settings name " + found
                        + ": another landing zone, or another cluster's ledger.",
                "Set archiver.landing with archiver.azure.*, or archiver.data, to the landing zone of this ledger, or spring.datasource.url to"
                        + " the ledger of this landing zone. If this is its landing zone, moved or restored without that file, put "
                        + NAME + " with {\"zone\":\"" + noted + "\"} at its top.");
    }

    private Optional<String> read() throws IOException {
        try (InputStream json = store.open(NAME)) {
            JsonNode zone = JSON.readTree(json.readNBytes(LONGEST)).path("zone");
            if (!zone.isTextual() || !ZONE.matcher(zone.asText()).matches()) {
                throw new LandingException(
                        NAME + " of the landing zone does not hold its name; put back what it held", null);
            }
            return Optional.of(zone.asText());
        } catch (LandingException e) {
            if (store.isMissing(e.getCause())) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException | RuntimeException e) {
            if (store.isMissing(e)) {
                return Optional.empty();
            }
            // What Azure's client throws where nobody answers is of no type of its own.
            throw new LandingException("cannot read " + NAME + " of the landing zone: " + e, e);
        }
    }

    @Override
    public boolean publish(String path, Staged<?> staged) throws IOException {
        require();
        return store.publish(path, staged);
    }

    @Override
    public InputStream open(String path) throws IOException {
        require();
        return store.open(path);
    }

    @Override
    public Stream<String> list(String folder) throws IOException {
        require();
        return store.list(folder);
    }

    @Override
    public List<String> children(String folder) throws IOException {
        require();
        return store.children(folder);
    }

    @Override
    public void remove(String path) throws IOException {
        require();
        store.remove(path);
    }

    @Override
    public boolean holds(String path) throws IOException {
        require();
        return store.holds(path);
    }

    @Override
    public Optional<String> digest(String path) throws IOException {
        require();
        return store.digest(path);
    }

    @Override
    public boolean isMissing(Throwable failure) {
        return store.isMissing(failure);
    }
}
