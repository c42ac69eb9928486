package org.chatarchiver.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.chatarchiver.landing.Staged;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Runs;
import org.chatarchiver.telemessage.FeedException;
import org.chatarchiver.telemessage.FeedUnavailableException;
import org.chatarchiver.telemessage.PageSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the feed is asked for, and what is made of its answers: with a real ledger and a real landing zone. */
class PageFetchTest extends PageFetchFixture {
    @Test
    void theWindowIsAskedForFromItsBeginningAndThenByTheCursor() throws IOException {
        fetch.request(poll, headers);
        assertThat(uri())
                .contains("network=WECHAT", "from=2026-11-18T12%3A00%3A00Z", "to=2026-11-19T12%3A00%3A00Z")
                .doesNotContain("cursor");
        assertThat(headers).containsEntry("CamelHttpMethod", "GET").containsKey("Authorization");

        fetch.request(second(), headers);
        assertThat(uri()).contains("cursor=c2");
    }

    @Test
    void ofTheAnswerBeforeARequestKeepsOnlyTheCountOfTries() throws IOException {
        headers.put("Set-Cookie", "a=b");
        headers.put(Exchange.REDELIVERY_COUNTER, 2);
        fetch.request(poll, headers);
        assertThat(headers).doesNotContainKey("Set-Cookie").containsEntry(Exchange.REDELIVERY_COUNTER, 2);
    }

    @Test
    void aRunThatWasToldToStopAsksNoMore() {
        leases.stop(poll.run().id());
        assertThatThrownBy(() -> fetch.request(poll, headers)).satisfies(refused(Reason.RUN_INTERRUPTED));
    }

    @Test
    void aWindowThatTheSourceNoLongerHasAllOfIsNotedBeforeItIsAskedFor() throws IOException {
        ledger.clock().pass(Duration.ofDays(30));
        fetch.request(poll, headers);
        assertThat(ledger.bean(Runs.class).find(poll.run().id()).orElseThrow().reason())
                .isEqualTo(Reason.SOURCE_EXPIRED);
    }

    @Test
    void aWholePageIsStagedWithWhatItSaysOfItselfAndNothingHasLandedYet() throws IOException {
        try (Staged<PageSummary> staged = stage(200, bytes(PAGE))) {
            assertThat(staged.path()).endsWith(poll.run().id() + "/1.json.gz");
            assertThat(staged.value().messages()).isEqualTo(2);
            assertThat(staged.value().nextCursor()).isEqualTo("c2");
            assertThat(staged.value().totalCount()).hasValue(9);
            assertThat(content(staged)).isEqualTo(PAGE);
        }
        assertThat(landed()).isEmpty();
    }

    @Test
    void aPageThatComesCompressedIsStagedAsItIs() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(PAGE.getBytes(UTF_8));
        }
        headers.put("Content-Encoding", "gzip");
        try (Staged<PageSummary> staged = stage(200, new ByteArrayInputStream(compressed.toByteArray()))) {
            assertThat(content(staged)).isEqualTo(PAGE);
        }
    }

    @Test
    void whatIsNoPageIsKeptBesideThePages() throws IOException {
        assertThatThrownBy(() -> stage(200, bytes("<html>Log in</html>")))
                .satisfies(refused(Reason.PAGE_NOT_JSON))
                .asInstanceOf(type(FeedException.class))
                .satisfies(error -> assertThat(error.kept()).endsWith("/1-rejected-1.json.gz"));
        assertThat(landed()).containsExactly("1-rejected-1.json.gz");
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void anEncodingThatNobodyAskedForIsKeptAsItCame() throws IOException {
        headers.put("Content-Encoding", "br");
        assertThatThrownBy(() -> stage(200, bytes("???"))).satisfies(refused(Reason.SOURCE_REFUSED));
        assertThat(landed()).containsExactly("1-rejected-1.json.gz");
    }

    @Test
    void aPageThatIsBrokenOffSinceTheRunIsToldToStopIsNotKept() throws IOException {
        InputStream stopped = new FilterInputStream(bytes(PAGE)) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = super.read(into, from, Math.min(length, 10));
                leases.stop(poll.run().id());
                return read;
            }
        };
        assertThatThrownBy(() -> stage(200, stopped)).satisfies(refused(Reason.RUN_INTERRUPTED));
        assertThat(landed()).isEmpty();
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void aPauseThatTheFeedAsksForIsObeyed() {
        headers.put("Retry-After", "7");
        assertThatThrownBy(() -> stage(429, null)).isInstanceOf(FeedUnavailableException.class);
        assertThat(headers).containsEntry(Exchange.REDELIVERY_DELAY, 7_000L);
    }

    @Test
    void aCursorThatIsTooOldHasTheWindowBegunAgainThreeTimesAtMost() {
        CollectionState again = second();
        for (int i = 0; i < 3; i++) {
            CollectionState state = again;
            assertThatThrownBy(() -> stage(410, null, state)).isInstanceOf(CursorExpiredException.class);
            again = again.restarted().resumed(1, summary());
        }
        CollectionState last = again;
        assertThatThrownBy(() -> stage(410, null, last)).satisfies(refused(Reason.CURSOR_EXPIRED));
    }

    @Test
    void thatACursorIsTooOldWhereNoneWasSentIsARefusal() {
        assertThatThrownBy(() -> stage(410, null)).satisfies(refused(Reason.CURSOR_EXPIRED));
    }

    @Test
    void aWindowThatWasChosenByAWrongClockIsChosenAgainAtItsFirstPage() throws IOException {
        CollectionState second = second();
        headers.put("Date", "Thu, 19 Nov 2026 11:00:00 GMT");
        assertThatThrownBy(() -> stage(200, bytes(PAGE))).isInstanceOf(ClockDeviatesException.class);
        try (Staged<PageSummary> staged = stage(200, bytes(PAGE), second)) {
            assertThat(staged.value().messages()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 410, 429, 503})
    void anAnswerIsClosedWhateverItIs(int status) throws IOException {
        boolean[] closed = new boolean[1];
        InputStream body = new FilterInputStream(bytes(PAGE)) {
            @Override
            public void close() throws IOException {
                closed[0] = true;
                super.close();
            }
        };
        if (status == 200) {
            stage(status, body).close();
        } else {
            assertThatThrownBy(() -> stage(status, body)).isNotNull();
        }
        assertThat(closed[0]).isTrue();
    }

    @Test
    void anAnswerWithoutABodyIsAskedForAgain() {
        assertThatThrownBy(() -> stage(200, null)).satisfies(refused(Reason.PAGE_TRUNCATED));
    }
}
