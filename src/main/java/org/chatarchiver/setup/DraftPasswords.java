package org.chatarchiver.setup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The log-ins of drafts that TeleMessage has taken, in memory only and for an hour: until a connector is finished, no password of it is
 * written anywhere. Whoever goes on later gives it again.
 */
@Component
class DraftPasswords {
    private static final int MOST = 200;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cache<String, Login> logins =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    /** A password belongs to the user name with which it was taken. */
    private record Login(String username, String password) {}

    void keep(String draft, String username, String password) {
        logins.put(draft, new Login(username, password));
    }

    /** @param username as the draft has it */
    Optional<String> of(String draft, String username) {
        return Optional.ofNullable(logins.getIfPresent(draft))
                .filter(login -> login.username().equals(username))
                .map(Login::password);
    }

    void forget(String draft) {
        logins.invalidate(draft);
    }
}
