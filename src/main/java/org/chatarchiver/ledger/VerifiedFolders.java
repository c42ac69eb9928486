package org.chatarchiver.ledger;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.chatarchiver.ledger.Verifications.Verified;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a verification that goes on has met in the folders that it has read through, in parts: kept until it ends, so that one that was
 * broken off does not read them again. What of it counts, its {@linkplain Verifications.Mark mark} says.
 */
@Component
public class VerifiedFolders {
    /** Of each kind, in a part: what H2 takes in a value. */
    public static final int MOST = 100_000;

    private final JdbcClient jdbc;

    VerifiedFolders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Digests, at most {@value #MOST} of each.
     *
     * @param mailboxes whose folders were read through
     * @param unreachable those that could not be searched
     * @param items that were met in their folders
     */
    public record Part(long[] mailboxes, long[] unreachable, long[] items) {}

    /** @param number of the part among those of the verification, from 1 */
    public void keep(Verified of, int number, Part part) {
        jdbc.sql(
                        "insert into verification_part (run, verification, number, mailboxes, unreachable, items) values (?, ?, ?, ?, ?, ?)")
                .params(
                        of.run(),
                        of.number(),
                        number,
                        bytes(part.mailboxes()),
                        bytes(part.unreachable()),
                        bytes(part.items()))
                .update();
    }

    /** Empty where there is none of that number. */
    public Optional<Part> part(Verified of, int number) {
        return jdbc.sql("select * from verification_part where run = ? and verification = ? and number = ?")
                .params(of.run(), of.number(), number)
                .query((row, none) -> new Part(
                        longs(row.getBytes("mailboxes")),
                        longs(row.getBytes("unreachable")),
                        longs(row.getBytes("items"))))
                .optional();
    }

    /** Those behind a number. */
    void forget(Verified of, int behind) {
        jdbc.sql("delete from verification_part where run = ? and verification = ? and number > ?")
                .params(of.run(), of.number(), behind)
                .update();
    }

    private static byte[] bytes(long[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return bytes.array();
    }

    private static long[] longs(byte[] bytes) {
        long[] values = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(values);
        return values;
    }
}
