package org.chatarchiver.msexchange.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every transport promises, whatever the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MailboxTransportContract {
    /** A server is started once for a class; each test has two mailboxes of its own. */
    public static final List<String> USERS =
            IntStream.range(0, 100).mapToObj(i -> "user" + i + "@example.com").toList();

    public static final String FOLDER = "WeChat Archiver";
    public static final Instant DATE = Instant.parse("2026-03-29T01:59:59Z");

    public MailboxTransport transport;
    public MailboxReader mailboxes;
    public String alice;
    public String bob;
    private int tests;

    protected abstract MailboxTransport open();

    protected abstract MailboxReader readBack();

    @BeforeEach
    void openTransport() {
        mailboxes = readBack();
        transport = open();
        alice = USERS.get(2 * tests);
        bob = USERS.get(2 * tests + 1);
        tests++;
    }

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    public static Email email(String id) {
        return email(id, "text of " + id);
    }

    public static Email email(String id, String text) {
        String content = "Message-ID: <" + id + "@test.invalid>\r\nSubject: " + id + "\r\n\r\n" + text + "\r\n";
        return new Email("<" + id + "@test.invalid>", DATE, content.getBytes(StandardCharsets.UTF_8));
    }

    public static List<Email> emails(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> email(prefix + i)).toList();
    }

    public static List<String> ids(List<Email> emails) {
        return emails.stream().map(Email::messageId).toList();
    }

    @Test
    void anEmailIsFiledSeenUndraftedUnchangedAndDatedWithItsTime() {
        Email email = email("one", "snowman \u2603");

        assertThat(transport.append(new Batch(alice, FOLDER, List.of(email))))
                .singleElement()
                .isInstanceOf(Outcome.Delivered.class);

        assertThat(mailboxes.folder(alice, FOLDER)).singleElement().satisfies(stored -> {
            assertThat(stored.seen()).isTrue();
            assertThat(stored.draft()).isFalse();
            assertThat(stored.receivedAt()).isEqualTo(DATE);
            assertThat(stored.content()).isEqualTo(new String(email.content(), StandardCharsets.UTF_8));
        });
    }

    @Test
    void aBatchIsFiledInOrderWithTheUidsThatFindTells() {
        List<Email> emails = emails("m", 150);

        List<Outcome> outcomes = transport.append(new Batch(alice, FOLDER, emails));

        assertThat(mailboxes.folder(alice, FOLDER))
                .extracting(MailboxReader.Stored::messageId)
                .containsExactlyElementsOf(ids(emails));
        Found.Answered found = (Found.Answered) transport.find(new Lookup(alice, FOLDER, ids(emails)));
        for (int i = 0; i < emails.size(); i++) {
            assertThat(outcomes.get(i))
                    .isEqualTo(
                            new Outcome.Delivered(found.uids().get(emails.get(i).messageId())));
        }
    }

    @Test
    void anEmptyBatchHasNoOutcomes() {
        assertThat(transport.append(new Batch(alice, FOLDER, List.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT&T SMS Archiver", "微信存档", "A \"quoted\" name", "Grüße & Küsse ✓ \uD83D\uDE00"})
    void aFolderMayHaveAnyName(String name) {
        assertThat(transport.append(new Batch(alice, name, emails("n", 2))))
                .allMatch(Outcome.Delivered.class::isInstance);

        assertThat(mailboxes.folder(alice, name)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "line\r\nbreak", "nul\0", "half \uD83D"})
    void aFolderNameThatNoServerTakesIsRejected(String name) {
        assertThat(transport.append(new Batch(alice, name, emails("n", 2))))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.fault())
                                .isEqualTo(Fault.FOLDER_REFUSED)));
    }

    @Test
    void aFolderThatItsUserRemovedIsMadeAgain() {
        transport.append(new Batch(alice, FOLDER, emails("before", 3)));
        mailboxes.delete(alice, FOLDER);

        assertThat(transport.append(new Batch(alice, FOLDER, emails("after", 3))))
                .allMatch(Outcome.Delivered.class::isInstance);

        assertThat(mailboxes.folder(alice, FOLDER)).hasSize(3);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        transport.append(new Batch(alice, FOLDER, List.of(email("there"))));

        Found found = transport.find(new Lookup(alice, FOLDER, List.of("<not@test.invalid>", "<there@test.invalid>")));

        assertThat(found).isInstanceOfSatisfying(Found.Answered.class, answered -> assertThat(answered.uids())
                .containsOnlyKeys("<there@test.invalid>"));
    }

    @Test
    void nothingIsFoundInAFolderThatDoesNotExist() {
        assertThat(transport.find(new Lookup(bob, "No such folder", List.of("<a@test.invalid>"))))
                .isEqualTo(new Found.Answered(Map.of()));
    }

    @Test
    void whatIsInAFolderIsListedInPartsEachCopyOnce() {
        List<Email> emails = emails("l", 150);
        transport.append(new Batch(alice, FOLDER, emails));
        transport.append(new Batch(alice, FOLDER, emails.subList(0, 1)));

        List<Listed.Header> listed = listed(alice, FOLDER, DATE);

        List<String> ids = new ArrayList<>(ids(emails));
        ids.add(emails.get(0).messageId());
        assertThat(listed).extracting(Listed.Header::messageId).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(listed).extracting(Listed.Header::id).doesNotHaveDuplicates();
        assertThat(listed).extracting(Listed.Header::received).containsOnly(DATE);
        assertThat(listed(alice, FOLDER, DATE.plus(Duration.ofDays(9)))).isEmpty();
        assertThat(transport.find(new Lookup(alice, FOLDER, ids(emails).subList(0, 9))))
                .isInstanceOfSatisfying(Found.Answered.class, found -> assertThat(found.doubled())
                        .containsExactly(emails.get(0).messageId()));
        assertThat(listed(bob, "No such folder", DATE)).isEmpty();
    }

    /** Around a time. */
    protected List<Listed.Header> listed(String mailbox, String folder, Instant time) {
        List<Listed.Header> all = new ArrayList<>();
        String behind = null;
        do {
            Listed.Part part = (Listed.Part)
                    transport.list(new Listing(mailbox, folder, time.minusSeconds(60), time.plusSeconds(60), behind));
            all.addAll(part.emails());
            behind = part.next();
        } while (behind != null);
        return all;
    }

    @Test
    void aMailboxThatExistsIsPresent() {
        assertThat(transport.exists(alice)).isEqualTo(new Existence.Present());
    }

    @Test
    void nothingIsFiledBehindAShutFence() {
        List<Email> emails = emails("f", 5);

        assertThat(transport.append(new Batch(alice, FOLDER, emails, () -> true)))
                .hasSize(5)
                .allSatisfy(MailboxTransportContract::isBrokenOff);
        assertThat(transport.find(new Lookup(alice, FOLDER, ids(emails)))).isEqualTo(new Found.Answered(Map.of()));

        assertThat(transport.append(new Batch(alice, FOLDER, emails))).allMatch(Outcome.Delivered.class::isInstance);
        assertThat(mailboxes.folder(alice, FOLDER)).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 20})
    void whatAFenceHasBrokenOffOnTheWayIsSentAgainWithoutASecondCopy(int questions) {
        List<Email> emails = emails("f", 50);
        AtomicInteger asked = new AtomicInteger();

        List<Outcome> outcomes =
                transport.append(new Batch(alice, FOLDER, emails, () -> asked.incrementAndGet() > questions));

        assertThat(outcomes)
                .hasSize(50)
                .filteredOn(outcome -> !(outcome instanceof Outcome.Delivered))
                .allSatisfy(MailboxTransportContract::isBrokenOff);
        Found.Answered there = (Found.Answered) transport.find(new Lookup(alice, FOLDER, ids(emails)));
        List<Email> missing = emails.stream()
                .filter(email -> !there.uids().containsKey(email.messageId()))
                .toList();
        assertThat(transport.append(new Batch(alice, FOLDER, missing))).allMatch(Outcome.Delivered.class::isInstance);
        assertThat(mailboxes.folder(alice, FOLDER))
                .extracting(MailboxReader.Stored::messageId)
                .containsExactlyInAnyOrderElementsOf(ids(emails));
    }

    private static void isBrokenOff(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Retryable.class, retryable -> assertThat(retryable.fault())
                .isEqualTo(Fault.LOST));
    }

    @Test
    void manyThreadsFileInTheSameNewFolderAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<List<Outcome>>> calls = IntStream.range(0, 16)
                .<Callable<List<Outcome>>>mapToObj(i ->
                        () -> transport.append(new Batch(i % 2 == 0 ? alice : bob, FOLDER, emails("t" + i + "-", 10))))
                .toList();
        for (Future<List<Outcome>> outcomes : threads.invokeAll(calls)) {
            assertThat(outcomes.get()).hasSize(10).allMatch(Outcome.Delivered.class::isInstance);
        }
        threads.shutdown();

        assertThat(mailboxes.folder(alice, FOLDER)).hasSize(80);
        assertThat(mailboxes.folder(bob, FOLDER)).hasSize(80);
    }
}
