package org.chatarchiver.ledger;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.env.Environment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Random keys that are the same for all archivers with one ledger; with the embedded one, for one process. Safe for many threads. */
@Component
public class SharedKeys {
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final boolean shared;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    SharedKeys(JdbcClient jdbc, Environment settings) {
        this.jdbc = jdbc;
        this.shared = SharedLedger.is(settings);
    }

    /**
     * A key of 256 bits, made where it is asked for first.
     *
     * @throws DataAccessException where it is not known yet and the ledger does not answer
     */
    public byte[] of(String name) {
        return known.computeIfAbsent(name, this::find).clone();
    }

    private byte[] find(String name) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        if (!shared) {
            return random;
        }
        jdbc.sql("insert into shared_key (name, value) values (?, ?) on conflict do nothing")
                .params(name, random)
                .update();
        return jdbc.sql("select value from shared_key where name = ?")
                .params(name)
                .query(byte[].class)
                .single();
    }
}
