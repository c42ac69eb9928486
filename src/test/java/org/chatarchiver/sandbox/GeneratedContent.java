package org.chatarchiver.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/** Bytes of any length that are made while they are written: one block over and over, so that a gigabyte costs no memory. */
public final class GeneratedContent {
    private static final int BLOCK = 48 * 1024;

    private final byte[] block = new byte[BLOCK];
    private final byte[] encodedBlock;
    private final long size;

    /** @param size in bytes, decoded */
    public GeneratedContent(long size, long seed) {
        new Random(seed).nextBytes(block);
        this.encodedBlock = Base64.getEncoder().encode(block);
        this.size = size;
    }

    public long size() {
        return size;
    }

    /** Lower-case hex SHA-256 of the decoded bytes. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long left = size; left > 0; left -= BLOCK) {
                digest.update(block, 0, (int) Math.min(BLOCK, left));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Writes the bytes themselves. */
    public void writeTo(OutputStream out) throws IOException {
        for (long left = size; left > 0; left -= BLOCK) {
            out.write(block, 0, (int) Math.min(BLOCK, left));
        }
    }

    /** Writes the bytes as base64 in one line (RFC 4648). */
    public void writeBase64To(OutputStream out) throws IOException {
        long left = size;
        for (; left >= BLOCK; left -= BLOCK) {
            out.write(encodedBlock);
        }
        out.write(Base64.getEncoder().encode(Arrays.copyOf(block, (int) left)));
    }
}
