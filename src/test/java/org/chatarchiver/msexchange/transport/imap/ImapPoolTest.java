package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.TransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImapPoolTest {
    private final ScriptedImap server = new ScriptedImap("LITERAL+");
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final ImapOptions options = new ImapOptions();
    private ImapPool pool;

    @BeforeEach
    void open() {
        options.port = server.port();
        options.connections = 2;
        options.connectionsPerMailbox = 1;
        options.leaseTimeout = Duration.ofMillis(200);
        pool = new ImapPool(options.settings(), new ImapLogin(options.settings(), timer));
    }

    @AfterEach
    void close() {
        pool.close();
        timer.shutdownNow();
        server.close();
    }

    @Test
    void aConnectionIsUsedAgain() throws TransportException {
        ImapConnection first = connectionOnce("a");

        assertThat(connectionOnce("a")).isSameAs(first);
    }

    @Test
    void oneMailboxNeverHasMoreThanItsShare() throws TransportException {
        try (ImapPool.Lease lease = pool.lease("a")) {
            assertThat(lease.connection()).isNotNull();
            assertBusy("a");
        }
    }

    @Test
    void whoIsInterruptedWhileItWaitsLeavesItsTurnToOthers() throws Exception {
        try (ImapPool.Lease lease = pool.lease("a")) {
            CompletableFuture<Fault> told = new CompletableFuture<>();
            Thread waiting = new Thread(() -> {
                // Before it waits, so that it surely is while it does.
                Thread.currentThread().interrupt();
                try {
                    pool.lease("a").close();
                } catch (TransportException e) {
                    told.complete(e.error().fault());
                }
            });
            waiting.start();
            assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo(Fault.UNAVAILABLE);
            assertThat(lease.connection()).isNotNull();
        }

        assertThat(connectionOnce("a")).isNotNull();
    }

    @Test
    void allMailboxesTogetherNeverHaveMoreThanTheLimit() throws TransportException {
        try (ImapPool.Lease a = pool.lease("a");
                ImapPool.Lease b = pool.lease("b")) {
            assertThat(a.connection()).isNotSameAs(b.connection());
            assertBusy("c");
        }
    }

    @Test
    void anUnusedConnectionOfAnotherMailboxMakesRoom() throws TransportException {
        connectionOnce("a");
        connectionOnce("b");

        assertThat(connectionOnce("c")).isNotNull();
    }

    @Test
    void whoeverHasAConnectionWaitsForItRatherThanTakeThePlaceOfAnothers() throws TransportException {
        options.connectionsPerMailbox = 2;
        pool = new ImapPool(options.settings(), new ImapLogin(options.settings(), timer));
        ImapConnection other = connectionOnce("b");
        try (ImapPool.Lease lease = pool.lease("a")) {
            assertThat(lease.connection()).isNotNull();
            assertBusy("a");
        }

        assertThat(connectionOnce("b")).isSameAs(other);
    }

    @Test
    void whoeverWaitsIsServedWhenAConnectionIsGivenBack() throws Exception {
        ImapPool.Lease first = pool.lease("a");
        CompletableFuture<ImapConnection> second = CompletableFuture.supplyAsync(() -> {
            try {
                return connectionOnce("a");
            } catch (TransportException e) {
                throw new IllegalStateException(e);
            }
        });
        first.close();

        assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(first.connection());
    }

    @Test
    void aDiscardedConnectionIsReplaced() throws TransportException {
        ImapConnection first;
        try (ImapPool.Lease lease = pool.lease("a")) {
            first = lease.connection();
            lease.discard();
        }

        assertThat(connectionOnce("a")).isNotSameAs(first);
    }

    @Test
    void aFailedLogInLeavesRoomForTheNext() throws TransportException {
        server.onLogin.add("NO [AUTHENTICATIONFAILED] no");
        assertThatThrownBy(() -> pool.lease("a")).isInstanceOf(TransportException.class);

        assertThat(connectionOnce("a")).isNotNull();
    }

    @Test
    void aConnectionHasASlotForAsLongAsItIsOpen() throws TransportException {
        FewSlots slots = slots(1);
        ImapConnection first = connectionOnce("a");
        assertThat(slots.left).isZero();
        assertThat(connectionOnce("a")).isSameAs(first);
        assertBusy("b");

        pool.close();

        assertThat(slots.left).isEqualTo(1);
    }

    @Test
    void anUnusedConnectionGoesWhereAnotherProcessWantsItsSlot() throws TransportException {
        FewSlots slots = slots(1);
        connectionOnce("a");
        slots.wanted = true;

        ImapConnection first = connectionOnce("a");
        pool.closeIdle();
        assertThat(connectionOnce("a")).as("used again and again").isSameAs(first);

        await().until(() -> {
            pool.closeIdle();
            return slots.left == 1;
        });
    }

    @Test
    void aConnectionThatIsUsedAgainAndAgainEndsWhereItsSlotIsDue() throws TransportException {
        FewSlots slots = slots(1);
        ImapConnection first = connectionOnce("a");
        slots.due = true;

        assertThat(connectionOnce("a")).as("what is in work is done").isSameAs(first);
        assertThat(slots.left).isEqualTo(1);
    }

    @Test
    void aConnectionWhoseSlotAnotherProcessMayHaveIsNotUsedAgain() throws TransportException {
        FewSlots slots = slots(1);
        ImapConnection first = connectionOnce("a");
        slots.lapsed = true;

        assertThat(connectionOnce("a")).isNotSameAs(first);
        assertThat(slots.left).isZero();
    }

    @Test
    void aLogInThatFailsLeavesTheSlot() throws TransportException {
        FewSlots slots = slots(1);
        server.onLogin.add("NO [AUTHENTICATIONFAILED] no");
        assertThatThrownBy(() -> pool.lease("a")).isInstanceOf(TransportException.class);

        assertThat(slots.left).isEqualTo(1);
        assertThat(connectionOnce("a")).isNotNull();
    }

    private FewSlots slots(int left) {
        FewSlots slots = new FewSlots(left);
        options.slots = slots;
        pool = new ImapPool(options.settings(), new ImapLogin(options.settings(), timer));
        return slots;
    }

    private ImapConnection connectionOnce(String mailbox) throws TransportException {
        try (ImapPool.Lease lease = pool.lease(mailbox)) {
            return lease.connection();
        }
    }

    private void assertBusy(String mailbox) {
        assertThatThrownBy(() -> pool.lease(mailbox))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        busy -> assertThat(busy.error().fault()).isEqualTo(Fault.BUSY));
    }
}
