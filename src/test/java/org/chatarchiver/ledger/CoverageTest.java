package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.chatarchiver.ledger.CaptureCounts.Brought;

/** What the ledger keeps of who is archived and who is not. */
class CoverageTest extends LedgerContract {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 19);
    private static final LocalDate END = DAY.plusDays(100);

    CoverageTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void aPageCountsOnceHoweverOftenItIsArchived() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 3);
        List<Brought> brought = List.of(brought("anna", DAY, 2), brought("", DAY, 1));
        ledger.pages.done(page, brought);
        ledger.pages.done(page, brought);
        fold();
        ledger.pages.done(page, brought);
        fold();
        ledger.pages.done(ledger.page(run, 2, 1), List.of(brought("anna", DAY.plusDays(1), 5)));
        fold();

        assertThat(days("", null))
                .containsExactly(day(DAY, "", 1), day(DAY, "anna", 2), day(DAY.plusDays(1), "anna", 5));
        assertThat(days("", "anna")).hasSize(2);
        assertThat(days("telegram", null)).isEmpty();
        assertThat(ledger.jdbc.queryForObject("select count(*) from capture_count", Long.class))
                .isZero();
    }

    @LedgerTest
    void whoFellSilentWhileOthersWriteIsListedTheLastFirst() {
        Run run = ledger.run();
        ledger.pages.done(
                ledger.page(run, 1, 9),
                List.of(
                        brought("anna", DAY.plusDays(20), 1),
                        brought("bert", DAY.plusDays(13), 1),
                        brought("carl", DAY.plusDays(14), 1),
                        brought("dora", DAY, 1),
                        brought("dora", DAY.plusDays(3), 1),
                        brought("emma", DAY.plusDays(13), 1)));
        fold();
        assertThat(walked(
                        after -> ledger.captureDays.silent(TestLedger.CONNECTOR, 7, after, 1),
                        CaptureDays.Owner::place))
                .containsExactly(
                        new CaptureDays.Owner(
                                TestLedger.CONNECTOR, "bert", "+bert", DAY.plusDays(13), DAY.plusDays(13), 1),
                        new CaptureDays.Owner(
                                TestLedger.CONNECTOR, "emma", "+emma", DAY.plusDays(13), DAY.plusDays(13), 1),
                        new CaptureDays.Owner(TestLedger.CONNECTOR, "dora", "+dora", DAY, DAY.plusDays(3), 2));
        assertThat(ledger.captureDays.silent("telegram", 7, "", 10)).isEmpty();
    }

    @LedgerTest
    void whoMapsToNothingIsOnePersonInWhateverWritingUntilTheEntriesAreClosed() {
        Run run = ledger.run();
        Page page = ledger.page(run, 1, 4);
        ledger.failed(page, "m1", ItemTarget.participant("4915112345678"), Reason.NO_MAPPING);
        Instant first = ledger.clock.instant();
        ledger.clock.pass(Duration.ofMinutes(5));
        ledger.failed(page, "m2", ItemTarget.participant("+4915112345678"), Reason.NO_MAPPING);
        ledger.failed(page, "m3", ItemTarget.participant("bert"), Reason.MAILBOX_NOT_FOUND);
        ledger.failed(page, "m4", ItemTarget.participant(""), Reason.OWNER_UNKNOWN);
        ledger.failed(page, "m5", "gone@example.com", Reason.MAILBOX_NOT_FOUND);
        ledger.failed(page, "m6", ItemTarget.participant("large"), Reason.TEXT_TOO_LARGE);
        regroup();

        List<UnmappedPeople.Person> people =
                walked(after -> ledger.unmappedPeople.list("", after, 1), UnmappedPeople.Person::place);
        assertThat(people)
                .extracting(
                        UnmappedPeople.Person::participant,
                        UnmappedPeople.Person::mailbox,
                        UnmappedPeople.Person::owner,
                        UnmappedPeople.Person::entries)
                .containsExactlyInAnyOrder(
                        tuple("+4915112345678", null, true, 2L),
                        tuple("bert", null, false, 1L),
                        tuple("", null, true, 1L),
                        tuple("", "gone@example.com", false, 1L));
        assertThat(people.stream().filter(person -> person.entries() == 2))
                .singleElement()
                .satisfies(anna -> {
                    assertThat(anna.first()).isEqualTo(first);
                    assertThat(anna.last()).isEqualTo(ledger.clock.instant());
                });

        List<Long> all = ledger.channels.ids(Channel.UNMAPPED, "", null);
        ledger.decisions.close(Channel.UNMAPPED, all.subList(0, all.size() - 1), "ada", "Left the firm");
        regroup();
        assertThat(ledger.unmappedPeople.list(TestLedger.CONNECTOR, "", 10)).hasSize(1);
        assertThat(ledger.unmappedPeople.list("telegram", "", 10)).isEmpty();
    }

    @LedgerTest
    void rowsThatWereMetAreKnownByConnector() {
        ledger.metRows.add("wechat", List.of("anna", "bert"));
        ledger.metRows.add("wechat", List.of("bert", "carl"));
        assertThat(ledger.metRows.unmet("wechat", Set.of("anna", "carl", "dora")))
                .containsExactly("dora");
        assertThat(ledger.metRows.unmet("whatsapp", Set.of("anna"))).containsExactly("anna");
    }

    private static Brought brought(String owner, LocalDate day, long captures) {
        return new Brought(owner, "+" + owner, day, captures);
    }

    private static CaptureDays.Day day(LocalDate day, String owner, long captures) {
        return new CaptureDays.Day(day, TestLedger.CONNECTOR, owner, "+" + owner, captures);
    }

    private void fold() {
        while (ledger.captureCounts.fold()) {
            continue;
        }
    }

    private void regroup() {
        ledger.unmappedPeople.regroup(id -> id.replace("+", ""));
    }

    private List<CaptureDays.Day> days(String connector, String owner) {
        return walked(after -> ledger.captureDays.days(DAY, END, connector, owner, after, 1), CaptureDays.Day::place);
    }

    private static <T> List<T> walked(Function<String, List<T>> list, Function<T, String> place) {
        List<T> all = new ArrayList<>();
        for (List<T> part = list.apply(""); !part.isEmpty(); part = list.apply(place.apply(all.get(all.size() - 1)))) {
            all.addAll(part);
        }
        return all;
    }
}
