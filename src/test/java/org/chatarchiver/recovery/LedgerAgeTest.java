package org.chatarchiver.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.impl.DefaultCamelContext;
import org.chatarchiver.landing.LandingPath;
import org.chatarchiver.ledger.Adoptions;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.security.StartRefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger held against the landing zone: a crash leaves one page of a run unrecorded at the most, and never a run. */
class LedgerAgeTest extends LandedRunFixture {
    private static final Instant STARTED = Instant.parse("2026-11-19T11:00:00.250Z");
    private static final LandingPath UNKNOWN = LandingPath.of("wechat", STARTED, "20261119T110000250Z-abcdef");

    private LedgerAge age;

    @BeforeEach
    void age() {
        age = new LedgerAge(landing.landedRuns(), ledger.bean(Adoptions.class));
    }

    @Test
    void aLedgerThatKnowsEverythingIsNotTooOld() throws IOException {
        Run run = known();
        record(run, 1, land(folder(run), 1, EMPTY_PAGE));
        assertThat(age.unknown(Optional.empty())).isEmpty();
    }

    @Test
    void anEmptyLandingZoneFitsEveryLedger() throws IOException {
        assertThat(age.unknown(Optional.empty())).isEmpty();
        known();
        assertThat(age.unknown(Optional.empty())).isEmpty();
    }

    @Test
    void onePageOfAKnownRunIsWhatACrashLeaves() throws IOException {
        Run run = known();
        record(run, 1, land(folder(run), 1, EMPTY_PAGE));
        land(folder(run), 2, EMPTY_PAGE);
        assertThat(age.unknown(Optional.empty())).isEmpty();
    }

    @Test
    void twoPagesOfAKnownRunAreMoreThanThat() throws IOException {
        Run run = known();
        land(folder(run), 1, EMPTY_PAGE);
        String newest = land(folder(run), 2, EMPTY_PAGE).path();
        assertThat(age.unknown(Optional.empty())).hasValueSatisfying(older -> {
            assertThat(older.page()).isEqualTo(newest);
            assertThat(older.entry()).isEqualTo(ledger.clock().instant());
            assertThat(older.toString()).contains("older than the landing zone", newest);
        });
    }

    @Test
    void aLandedRunThatIsUnknownIsMoreThanThat() throws IOException {
        String page = land(UNKNOWN, 1, EMPTY_PAGE).path();
        assertThat(age.unknown(Optional.empty())).hasValueSatisfying(older -> {
            assertThat(older.page()).isEqualTo(page);
            assertThat(older.entry()).isNull();
            assertThat(older.cure()).isEqualTo(Instant.parse("2026-11-19T11:00:00Z"));
            assertThat(older.toString()).contains("it is empty");
        });
    }

    @Test
    void whatStartedSinceTheTimeThatIsKnownToBeLackingMayBeUnknown() throws IOException {
        land(UNKNOWN, 1, EMPTY_PAGE);
        assertThat(age.unknown(Optional.of(STARTED))).isEmpty();
        assertThat(age.unknown(Optional.of(STARTED.plusSeconds(1)))).isPresent();
    }

    @Test
    void aStartOnAnOlderLedgerIsRefusedWithTheTimeToSet() throws IOException {
        land(UNKNOWN, 1, EMPTY_PAGE);
        Recovery recovery = recovery("");
        assertThatThrownBy(() -> recovery.beforeApplicationStart(new DefaultCamelContext()))
                .isInstanceOfSatisfying(StartRefusedException.class, refused -> assertThat(refused.cure())
                        .contains("archiver.recover-since=2026-11-19T11:00:00Z"));
    }

    @Test
    void withThatTimeItStartsAndEverythingIsInDoubt() throws IOException {
        land(UNKNOWN, 1, EMPTY_PAGE);
        Recovery recovery = recovery("2026-11-19T11:00:00Z");
        recovery.beforeApplicationStart(new DefaultCamelContext());
        assertThat(recovery.doubts()).isTrue();
    }

    @Test
    void aWholeLedgerLeavesNothingInDoubt() {
        Recovery recovery = recovery("");
        recovery.beforeApplicationStart(new DefaultCamelContext());
        assertThat(recovery.doubts()).isFalse();
    }

    @Test
    void whereTheLandingZoneCannotBeReadEverythingIsInDoubtUntilItCan() throws IOException {
        AtomicBoolean broken = new AtomicBoolean(true);
        age = new LedgerAge(landing.landedRuns(), ledger.bean(Adoptions.class)) {
            @Override
            Optional<Older> unknown(Optional<Instant> since) throws IOException {
                if (broken.get()) {
                    throw new IOException("Stale file handle");
                }
                return super.unknown(since);
            }
        };
        Recovery recovery = recovery("");
        recovery.beforeApplicationStart(new DefaultCamelContext());
        assertThat(recovery.doubts()).isTrue();
        assertThatThrownBy(recovery::recheck).isInstanceOf(IOException.class);
        assertThat(recovery.doubts()).isTrue();

        broken.set(false);
        recovery.recheck();
        assertThat(recovery.doubts()).isFalse();
    }

    private Recovery recovery(String since) {
        return new Recovery(age, new RecoveryProperties(since));
    }
}
