package org.chatarchiver.telemessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedBodyTest {
    private static final FeedBody.Bounds BOUNDS =
            new FeedBody.Bounds(1_000, Reason.DOWNLOAD_TOO_LARGE, "raise the limit", Duration.ofSeconds(10));

    private final AtomicLong nanos = new AtomicLong(-5);

    @ParameterizedTest
    @CsvSource({"identity,1000", "gzip,1000"})
    void aBodyWithinItsBoundsIsReadWhole(String encoding, int size) throws IOException {
        assertThat(open(encoding, size, 1).readAllBytes()).hasSize(size);
    }

    @ParameterizedTest
    @CsvSource({"identity", "gzip"})
    void aBodyOverItsLimitFailsForTheReasonOfItsKindWithTheCure(String encoding) throws IOException {
        InputStream body = open(encoding, 1_001, 0);
        assertThatThrownBy(body::readAllBytes)
                .hasMessageContaining("larger than 1000 bytes")
                .hasMessageContaining("raise the limit")
                .asInstanceOf(type(FeedRefusedException.class))
                .extracting(FeedException::reason)
                .isEqualTo(Reason.DOWNLOAD_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"identity", "gzip"})
    void aBodyThatDripsFailsOnceItsTimeIsUpAndIsAskedForAgain(String encoding) throws IOException {
        InputStream body = open(encoding, 900, 200);
        assertThatThrownBy(body::readAllBytes)
                .hasMessageContaining("longer than 10 s")
                .asInstanceOf(type(FeedUnavailableException.class))
                .extracting(FeedException::reason)
                .isEqualTo(Reason.SOURCE_TOO_SLOW);
    }

    @Test
    void whatIsCalledGzipAndIsNoneIsGivenAsItIsButNeverTakenForWhole() throws IOException {
        InputStream body = FeedBody.inflate(new ByteArrayInputStream(new byte[] {'{', '}'}), "gzip", BOUNDS);
        assertThat(body.readNBytes(2)).containsExactly('{', '}');
        assertThatThrownBy(body::read)
                .asInstanceOf(type(FeedUnavailableException.class))
                .extracting(FeedException::reason)
                .isEqualTo(Reason.PAGE_TRUNCATED);
    }

    @Test
    void theTimeIsThatOfTheBodyAndNotOfWhatCameBefore() throws IOException {
        nanos.set(Duration.ofDays(1).toNanos());
        assertThat(open("identity", 1_000, 1).readAllBytes()).hasSize(1_000);
    }

    /** @param pause milliseconds that each read of one byte takes */
    private InputStream open(String encoding, int size, int pause) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = encoding.equals("gzip") ? new GZIPOutputStream(bytes) : bytes) {
            for (int i = 0; i < size; i++) {
                out.write(i * 31 >> 3);
            }
        }
        InputStream dripping = new ByteArrayInputStream(bytes.toByteArray()) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                nanos.addAndGet(Duration.ofMillis(pause).toNanos());
                return super.read(b, off, Math.min(len, 1));
            }
        };
        return FeedBody.inflate(dripping, encoding, BOUNDS, nanos::get);
    }
}
