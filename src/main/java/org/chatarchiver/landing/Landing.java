package org.chatarchiver.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chatarchiver.ledger.LandingZone;
import org.chatarchiver.ledger.SharedLedger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/** What the routes of the landing zone call: decides which name an object gets, so that nothing is ever overwritten. */
public final class Landing {
    private static final int ATTEMPTS = 1_000;

    private final ObjectStore store;

    Landing(ObjectStore store) {
        this.store = store;
    }

    /**
     * An embedded ledger needs no name of its landing zone, which stands beside it.
     *
     * @param zone asked for when the landing zone is: a check of route files has no ledger
     */
    static Landing of(
            ObjectStore store,
            Environment settings,
            ObjectProvider<LandingZone> zone,
            ObjectProvider<Staging> staging) {
        return new Landing(SharedLedger.is(settings) ? new OwnZone(store, zone::getObject, staging::getObject) : store);
    }

    /**
     * Holds the landing zone against the ledger, where others may work with that, too.
     *
     * @throws OtherZoneException where they do not belong together; from all that is asked of the landing zone then
     * @throws IOException where it is out
     */
    public void requireOwn() throws IOException {
        if (store instanceof OwnZone zone) {
            zone.require();
        }
    }

    /**
     * Stores the object for good and removes the staged file, also where this fails.
     *
     * @throws LandingException whatever the store fails with: it is not the source's fault
     * @return with the staged path where that is free or holds the same bytes, otherwise with an attempt from 2 up in its name
     */
    public Landed land(Staged<?> staged) throws IOException {
        try (staged) {
            return stored(staged);
        } catch (LandingException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new LandingException(
                    "the landing zone failed in direct:land-object: " + e + "; see routes/landing", e);
        }
    }

    private Landed stored(Staged<?> staged) throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            String path = LandingPath.attempt(LandingPath.checked(staged.path()), attempt);
            if (store.publish(path, staged) || holds(path, staged.sha256())) {
                return new Landed(path, staged.sha256(), staged.size());
            }
        }
        throw new LandingException(
                ATTEMPTS + " different objects claim the name " + staged.path() + "; find out who writes them", null);
    }

    /** Asks the stored bytes themselves: a name whose bytes have gone bad is as good as taken by others. */
    private boolean holds(String path, String sha256) throws IOException {
        try (InputStream plain = new VerifiedStream(path, sha256, store.open(path))) {
            plain.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (LandingCorruptException other) {
            return false;
        }
    }

    /** The stored bytes of a path; the caller closes them. */
    public InputStream open(String path) throws IOException {
        return store.open(path);
    }

    /** The paths below a folder; the caller closes the stream. */
    public Stream<String> list(String folder) throws IOException {
        return store.list(folder);
    }

    void remove(String path) throws IOException {
        store.remove(LandingPath.checked(path));
    }

    boolean exists(String path) throws IOException {
        return store.holds(LandingPath.checked(path));
    }

    List<String> children(String folder) throws IOException {
        return store.children(folder);
    }

    Optional<String> digest(String path) throws IOException {
        return store.digest(path);
    }

    /** The path itself, if it can be one in the landing zone, and that is ours: for components that take a name from a header. */
    public String checked(String path) throws IOException {
        requireOwn();
        return LandingPath.checked(path);
    }

    boolean isMissing(Throwable failure) {
        return store.isMissing(failure);
    }
}
