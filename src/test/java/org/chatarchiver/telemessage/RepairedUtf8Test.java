package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairedUtf8Test {
    private static final String MARK = "efb7af";

    @ParameterizedTest
    @CsvSource({
        "61,61",
        "c3a9,c3a9",
        "e4bda0,e4bda0",
        "f09f9880,f09f9880",
        "efbbbf7b,efbbbf7b",
        "eda0bdedb880,f09f9880",
        "eda0bdedb88061eda0bdedb880,f09f988061f09f9880",
        "eda080,M",
        "edb080,M",
        "eda080eda0bdedb880,Mf09f9880",
        "eda080ed9fbf,Med9fbf",
        "ed9fbf,ed9fbf",
        "eda022,M22",
        "eda080edb0,M",
        "80,M",
        "c3,M",
        "c361,M61",
        "e4bd,M",
        "e4bd22,M22",
        "e422,M22",
        "f09f98,M",
        "f09f9822,M22",
        "c080,MM",
        "c1bf,MM",
        "e080af,MMM",
        "f08080af,MMMM",
        "f4908080,MMMM",
        "f5808080,MMMM",
        "fe,M",
        "ff61ff,M61M",
        "e4bde4bda0,Me4bda0",
    })
    void eachBrokenSequenceIsOneMark(String bytes, String expected) throws IOException {
        byte[] given = HexFormat.of().parseHex(bytes);
        for (int step : new int[] {1, 2, 3, 5, 4096}) {
            for (int before : new int[] {0, 1, 7, 1021, 1022, 1023, 1024, 8191}) {
                byte[] read = read("x".repeat(before), given, step);
                assertThat(HexFormat.of().formatHex(read, before, read.length))
                        .as("%d bytes before, in steps of %d", before, step)
                        .isEqualTo(expected.replace("M", MARK));
            }
        }
    }

    @Test
    void whatIsReadHasAsManyReplacementsAsJavasOwnDecoderMakes() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = new byte[random.nextInt(5_000)];
            for (int i = 0; i < bytes.length; i++) {
                // Encoded surrogates are read otherwise, on purpose.
                bytes[i] = (byte) (random.nextInt(4) > 0 ? 0x20 + random.nextInt(0x5f) : 0x80 + random.nextInt(0x6d));
            }
            byte[] read = read("", bytes, 1 + random.nextInt(3_000));
            String text = new String(read, StandardCharsets.ISO_8859_1);
            String marked = text.replace(
                    new String(HexFormat.of().parseHex(MARK), StandardCharsets.ISO_8859_1),
                    new String("\ufffd".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            assertThat(new String(marked.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** @param step at most so many bytes are asked for, and given, at a time */
    private static byte[] read(String before, byte[] bytes, int step) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(bytes);
        InputStream some = new ByteArrayInputStream(all.toByteArray()) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, step));
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[Math.max(step, 1)];
        try (InputStream repaired = new RepairedUtf8(some)) {
            for (int n = repaired.read(buffer, 0, buffer.length); n >= 0; n = repaired.read(buffer, 0, buffer.length)) {
                out.write(buffer, 0, n);
            }
        }
        return out.toByteArray();
    }
}
