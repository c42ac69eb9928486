package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** When pages are entered for the search. */
class SearchListsTest extends LedgerContract {
    private static final String ANNA = "anna@example.com";
    private static final MessageSearch.Wanted MAILBOX =
            new MessageSearch.Wanted(List.of(), List.of(), List.of(), List.of(ANNA));

    SearchListsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aPageThatWasEnteredOftenHidesNoneOfThoseBefore() {
        Run run = ledger.run();
        ledger.delivered(run, 1, "m1", "m2", "m3");
        enter();
        Page often = ledger.delivered(run, 2, "m4");
        for (int time = 1; time <= 9; time++) {
            ledger.jdbc.update(
                    "insert into search_page (run, page) values (?, ?) on conflict do nothing",
                    run.id(),
                    often.number());
            enter();
        }
        MessageSearch.Part part = ledger.messageSearch.find(MAILBOX, 2, "");
        assertThat(part.messages())
                .extracting(found -> found.revision().sourceId())
                .hasSize(2)
                .startsWith("m4");
        assertThat(part.next()).isNotNull();
        assertThat(found()).hasSize(4);
    }

    @LedgerTest
    void aPageWithNothingNewIsNotEnteredAgain() {
        Page page = ledger.page(ledger.run(), 1, 1);
        Items.Fresh fresh = TestLedger.fresh(TestLedger.revision(page, "m1", 0), ANNA);
        ledger.items.register(List.of(fresh));
        ledger.pages.done(page);
        enter();
        long rows = rows();
        assertThat(rows).isPositive();
        for (int time = 1; time <= 3; time++) {
            ledger.items.restate(fresh.items());
            ledger.pages.done(page);
            enter();
        }
        ledger.items.settle(List.of(TestLedger.imported(fresh.items().get(0))));
        assertThat(ledger.replays.start(page.run(), "ada", "")).isTrue();
        ledger.pages.done(page);
        enter();
        assertThat(rows()).isEqualTo(rows);
        assertThat(found()).hasSize(1);
    }

    @LedgerTest
    void aPageInWhichMoreIsMetLaterIsEnteredAgain() {
        Page page = ledger.delivered(ledger.run(), 1, "m1");
        enter();
        ledger.items.register(List.of(TestLedger.fresh(TestLedger.revision(page, "m2", 0), ANNA)));
        ledger.pages.done(page);
        enter();
        assertThat(found()).hasSize(2);
    }

    private long rows() {
        return ledger.jdbc.queryForObject("select count(*) from search_list", Long.class);
    }

    @LedgerTest
    void aPageOfVeryManyMessagesIsEnteredInParts() {
        Run run = ledger.run();
        Page page = ledger.delivered(run, 1, "m1", "m2", "m3", "m4", "m5");
        ledger.jdbc.update("update page set messages = 1000000 where run = ?", run.id());
        SearchLists lists = new SearchLists(
                ledger.jdbc,
                ledger.clock,
                new JdbcTransactionManager(Objects.requireNonNull(ledger.jdbc.getDataSource())),
                2);
        assertThat(lists.enter()).isFalse();
        assertThat(found())
                .hasSize(5)
                .allSatisfy(one -> assertThat(one.revision().page()).isEqualTo(page.number()));
        assertThat(ledger.jdbc.queryForObject(
                        "select count(*) from search_list where name = ?", Long.class, SearchName.target(ANNA)))
                .isEqualTo(3);
    }

    @LedgerTest
    void aPageThatCannotBeEnteredKeepsNoneBack() {
        Run run = ledger.run();
        Page bad = ledger.page(run, 1, 1);
        ledger.items.register(List.of(TestLedger.fresh(TestLedger.revision(bad, "m1", 0), "bert@example.com")));
        ledger.pages.done(bad);
        ledger.delivered(run, 2, "m2");
        ledger.jdbc.execute("alter table search_list add constraint bad check (name <> "
                + SearchName.target("bert@example.com") + ")");
        try {
            assertThatThrownBy(this::enter).isInstanceOf(DataIntegrityViolationException.class);
            assertThat(found()).hasSize(1);
            assertThat(ledger.searchLists.missing()).isEqualTo(1);
            assertThat(ledger.searchLists.enter()).as("passed over").isFalse();
        } finally {
            ledger.jdbc.execute("alter table search_list drop constraint bad");
        }
        enter();
        assertThat(ledger.searchLists.missing()).isZero();
    }

    private void enter() {
        ledger.searchLists.enter();
    }

    private List<FoundMessage> found() {
        return ledger.messageSearch.find(MAILBOX, 10, "").messages();
    }
}
