package org.chatarchiver.msexchange.transport.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Found;
import org.chatarchiver.msexchange.transport.Lookup;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.servers.GraphFault;
import org.chatarchiver.servers.GraphMailbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A mailbox whose mapped address is not its user principal name, by which alone Graph is documented to know it. */
class GraphAliasTest extends GraphTest {
    private static final String ALIAS = "ann.smith@example.com";
    private static final String LOOK_UP = "GET users";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(GraphAliases.class);
    private final AtomicLong later = new AtomicLong();

    @BeforeEach
    void permit() {
        options.nanoTime = () -> System.nanoTime() + later.get();
        restart();
        log.start();
        logger.addAppender(log);
        stub.directory().permit(true);
        stub.directory().add(ANN, "SMTP:" + ANN, "smtp:" + ALIAS);
    }

    @AfterEach
    void deafen() {
        logger.detachAppender(log);
    }

    private Outcome append(String address, Email email) {
        return transport.append(new Batch(address, FOLDER, List.of(email))).get(0);
    }

    private Existence.Unknown unknown(String address) {
        return (Existence.Unknown) transport.exists(address);
    }

    private long lookUps() {
        return stub.log().stream().filter(LOOK_UP::equals).count();
    }

    @Test
    void aMailboxIsFoundByAProxyAddressForEveryCall() {
        List<Email> emails = MailboxTransportContract.emails("m", 30);

        assertThat(transport.exists(ALIAS)).isInstanceOf(Existence.Present.class);
        assertThat(transport.append(new Batch(ALIAS, FOLDER, emails))).allMatch(Outcome.Delivered.class::isInstance);
        assertThat(append(ALIAS, GraphLargeItemsTest.withFiles("large", new byte[9_000_000])))
                .isInstanceOf(Outcome.Delivered.class);

        assertThat(filed()).hasSize(31);
        List<String> ids = MailboxTransportContract.ids(emails);
        assertThat(((Found.Answered) transport.find(new Lookup(ALIAS, FOLDER, ids))).uids())
                .hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whicheverCallComesFirstFindsIt(int first) {
        Email email = MailboxTransportContract.email("one");
        switch (first) {
            case 1 -> assertThat(transport.exists(ALIAS)).isInstanceOf(Existence.Present.class);
            case 2 -> assertThat(append(ALIAS, email)).isInstanceOf(Outcome.Delivered.class);
            default ->
                assertThat(transport.find(new Lookup(ALIAS, FOLDER, List.of(email.messageId()))))
                        .isEqualTo(new Found.Answered(Map.of()));
        }
        assertThat(lookUps()).isOne();
    }

    @Test
    void theDirectoryIsAskedOnceHoweverManyItemsThereAre() {
        List<CompletableFuture<Outcome>> all = IntStream.range(0, 12)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> append(ALIAS, MailboxTransportContract.email("m" + i))))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).isInstanceOf(Outcome.Delivered.class));
        assertThat(lookUps()).isOne();
        assertThat(filed()).hasSize(12);
    }

    @Test
    void whoIsKnownByThePrincipalNameIsNotLookedUp() {
        assertThat(append(ANN, MailboxTransportContract.email("one"))).isInstanceOf(Outcome.Delivered.class);

        assertThat(lookUps()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "SMTP:primary@example.com, primary@example.com",
        "smtp:Mixed.Case@Example.com, mixed.case@example.com",
        "smtp:tim.o'brien@example.com, tim.o'brien@example.com",
        "smtp:r&d+50%#x@example.com, r&d+50%#x@example.com",
        "smtp:grüße@example.com, grüße@example.com"
    })
    void anAddressIsAskedForToTheSign(String proxyAddress, String mapped) {
        stub.directory().add(BEN, proxyAddress);

        assertThat(append(mapped, MailboxTransportContract.email("one"))).isInstanceOf(Outcome.Delivered.class);

        assertThat(stub.mailbox(BEN).in(FOLDER))
                .extracting(GraphMailbox.Item::messageId)
                .hasSize(1);
    }

    @Test
    void anAddressOfNobodyIsAskedForOnceUntilTenMinutesLater() {
        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);
        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);
        assertThat(rejected(append("Nobody@example.com", MailboxTransportContract.email("one")))
                        .fault())
                .isEqualTo(Fault.MAILBOX_NOT_FOUND);
        assertThat(lookUps()).isOne();

        stub.directory().add(BEN, "smtp:nobody@example.com");
        later.set(GraphUsers.MISSED_FOR.plus(Duration.ofSeconds(1)).toNanos());

        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Present.class);
    }

    @Test
    void anIdIsNoAddressAndNotLookedUp() {
        assertThat(transport.exists("0d4c7a3e-5f55-4d4a-8f0b-6f3f6b1c2a11")).isInstanceOf(Existence.Missing.class);

        assertThat(lookUps()).isZero();
    }

    @Test
    void withoutThePermissionThereIsNoSuchMailboxAndTheCureIsLoggedOnce() {
        stub.directory().permit(false);

        assertThat(transport.exists(ALIAS)).isInstanceOf(Existence.Missing.class);
        assertThat(rejected(append(ALIAS, MailboxTransportContract.email("one")))
                        .fault())
                .isEqualTo(Fault.MAILBOX_NOT_FOUND);
        assertThat(transport.exists("nobody@example.com")).isInstanceOf(Existence.Missing.class);

        assertThat(lookUps()).isOne();
        assertThat(log.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .contains("User.Read.All", "user principal name", "Authorization_RequestDenied")
                .doesNotContain(ALIAS));
    }

    @Test
    void aPermissionThatIsGrantedLaterIsNoticedWithinSomeMoreThanAnHour() {
        stub.directory().permit(false);
        transport.exists(ALIAS);
        stub.directory().permit(true);
        later.set(GraphAliases.REFUSED_FOR.plus(Duration.ofSeconds(1)).toNanos());

        assertThat(transport.exists(ALIAS)).isInstanceOf(Existence.Present.class);
    }

    @Test
    void anAddressOfSeveralUsersIsRefusedWithTheCure() {
        stub.directory().add(BEN, "smtp:" + ALIAS);

        Outcome.Rejected rejected = rejected(append(ALIAS, MailboxTransportContract.email("one")));

        assertThat(rejected.fault()).isEqualTo(Fault.MAILBOX_ELSEWHERE);
        assertThat(rejected.detail()).contains("2 users", ALIAS, "map the user principal name");
        assertThat(unknown(ALIAS).detail()).isEqualTo(rejected.detail());
        assertThat(lookUps()).isOne();
        assertThat(filed()).isEmpty();
    }

    @Test
    void aUserWhoWasRecreatedIsFoundAgain() {
        transport.exists(ALIAS);
        stub.directory().remove(ANN);
        stub.directory().add(BEN, "SMTP:" + ALIAS);

        assertThat(append(ALIAS, MailboxTransportContract.email("one"))).isInstanceOf(Outcome.Delivered.class);

        assertThat(stub.mailbox(BEN).in(FOLDER)).hasSize(1);
    }

    @Test
    void aUserWhomTheDirectoryKnowsAndGraphDoesNotIsNotAskedForAgainAndAgain() {
        stub.directory().add("gone@example.com", "smtp:gone.user@example.com");

        IntStream.range(0, 5).forEach(i -> assertThat(transport.exists("gone.user@example.com"))
                .isInstanceOf(Existence.Missing.class));

        assertThat(lookUps()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "429, TooManyRequests, THROTTLED",
        "503, serviceNotAvailable, UNAVAILABLE",
        "504, UnknownError, UNAVAILABLE"
    })
    void aDirectoryInTroubleIsAskedAgainLater(int status, String code, Fault fault) {
        fault(GraphFault.at(LOOK_UP).after(1).answers(status, code).retryAfter("7"));

        Outcome.Retryable waits = retryable(append(ALIAS, MailboxTransportContract.email("one")));

        assertThat(waits.fault()).isEqualTo(fault);
        assertThat(waits.delay()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
        assertThat(log.list).isEmpty();
        restart();
        assertThat(append(ALIAS, MailboxTransportContract.email("one"))).isInstanceOf(Outcome.Delivered.class);
        assertThat(filed()).hasSize(1);
    }

    @Test
    void aDirectoryThatDoesNotUnderstandTheQuestionLeavesTheFormerAnswer() {
        fault(GraphFault.at(LOOK_UP).after(1).answers(400, "Request_UnsupportedQuery"));

        assertThat(transport.exists(ALIAS)).isInstanceOf(Existence.Missing.class);
        assertThat(log.list).hasSize(1);
    }

    @Test
    void theProbeMailboxMayBeAnAliasToo() {
        stub.directory().add(PROBE, "smtp:archive.probe@example.com");
        options.probeMailbox = "archive.probe@example.com";
        restart();
        stub.refuse(BEN, 403, "ErrorAccessDenied");

        assertThat(unknown(BEN).fault()).isEqualTo(Fault.PERMISSION_DENIED);
    }
}
