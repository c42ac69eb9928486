package org.chatarchiver.security;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.core.Authentication;

/**
 * Log-ins that were right: the same name and password again need no costly hash, and are let in whatever others do under the same name or
 * from the same address, such as behind one proxy. Kept as digests under a key of this process; names and passwords change with a restart
 * only. Remembers the 1,000 last used. Safe for many threads.
 */
final class KnownLogins {
    private static final int REMEMBERED = 1_000;
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<String, Authentication> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Authentication> eldest) {
            return size() > REMEMBERED;
        }
    };

    KnownLogins() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, MAC);
    }

    Optional<Authentication> find(Authentication credentials) {
        String digest = digest(credentials);
        synchronized (known) {
            return Optional.ofNullable(known.get(digest));
        }
    }

    void remember(Authentication credentials, Authentication login) {
        String digest = digest(credentials);
        synchronized (known) {
            known.put(digest, login);
        }
    }

    private String digest(Authentication credentials) {
        String name = credentials.getName();
        // With its length: no name and password run into another's.
        String whole = name.length() + ":" + name + credentials.getCredentials();
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(whole.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every JDK has " + MAC, e);
        }
    }
}
