package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PageLeasesTest {
    @Nested
    class OnH2 extends Contract {
        OnH2() {
            super(TestLedger.h2());
        }

        @Test
        void atStartWhoeverWorkedIsDeadHoweverFreshTheLease() {
            assertThat(one.take(page)).isTrue();
            other.takeOver();
            assertThat(other.take(page)).isTrue();
        }
    }

    @Nested
    class OnPostgreSql extends Contract {
        OnPostgreSql() {
            super(TestLedger.postgreSql());
        }

        @Test
        void atStartWhoeverWorksMayBeAnotherArchiver() {
            assertThat(one.take(page)).isTrue();
            other.takeOver();
            assertThat(other.take(page)).isFalse();
        }
    }

    abstract static class Contract {
        private final TestLedger ledger;
        final PageLeases one;
        final PageLeases other;
        Page page;

        Contract(TestLedger ledger) {
            this.ledger = ledger;
            one = new PageLeases(JdbcClient.create(ledger.jdbc), ledger.runLeases);
            other = new PageLeases(JdbcClient.create(ledger.jdbc), ledger.runLeases);
        }

        @BeforeEach
        void aPageHasLanded() {
            ledger.clear();
            page = ledger.page(ledger.run(), 1, 1);
        }

        @Test
        void ofTwoArchiversOneWorksOnAPageAndKeepsIt() {
            assertThat(one.take(page)).isTrue();
            assertThat(other.take(page)).isFalse();
            assertThat(one.take(page)).isTrue();
        }

        @Test
        void aPageThatIsReleasedIsFreeAndOnlyWhoHasItReleasesIt() {
            one.take(page);
            other.release(page);
            assertThat(other.take(page)).isFalse();
            one.release(page);
            assertThat(other.take(page)).isTrue();
        }

        @Test
        void aPageOfADeadArchiverIsTakenByAnotherAndNotGivenBack() {
            one.take(page);
            lapse();
            assertThat(other.take(page)).isTrue();
            one.renew();
            assertThat(one.take(page)).isFalse();
        }

        @Test
        void aRenewedLeaseHolds() {
            one.take(page);
            lapse();
            one.renew();
            assertThat(other.take(page)).isFalse();
        }

        private void lapse() {
            ledger.jdbc.update("update page set worker_until = current_timestamp - interval '1' hour");
        }
    }
}
