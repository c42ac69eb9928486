package org.chatarchiver.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counts the rows of a ledger as the upgrade to its ninth schema does: for those that a test has changed by hand. */
public final class Recount {
    private static final String UPGRADE = "/db/migration/V9__totals.sql";

    private Recount() {}

    public static void of(JdbcTemplate ledger) {
        ledger.update("delete from run_change");
        ledger.update("delete from run_total");
        Arrays.stream(upgrade().replaceAll("(?m)^\\s*--.*$", "").split(";"))
                .map(String::strip)
                .filter(statement -> statement.startsWith("insert into run_total"))
                .forEach(ledger::update);
    }

    private static String upgrade() {
        try (InputStream file = Recount.class.getResourceAsStream(UPGRADE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
