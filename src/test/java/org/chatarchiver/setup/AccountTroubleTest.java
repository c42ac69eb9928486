package org.chatarchiver.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.ServerCertificate;
import org.chatarchiver.setup.AccountCheck.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed that gives no answer, or no whole one. */
class AccountTroubleTest extends AccountBed {
    @Test
    void aFeedThatHangsOrDripsIsNotWaitedForLongerThanAPersonWaits() {
        for (Fault fault : List.of(new Fault.Silence(), new Fault.Stall(5), new Fault.Drip(Duration.ofMillis(200)))) {
            fault(fault);
            long start = System.nanoTime();
            isUnavailable("has not answered in full within 2 s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIME.plusSeconds(2));
        }
        assertThat(check()).as("the threads are free again").isInstanceOf(Answer.Account.class);
    }

    @Test
    void headersThatDripAreBrokenOffToo() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                AccountRoute slow = new AccountRoute("http://127.0.0.1:" + server.getLocalPort(), TIME)) {
            Thread dripping = drip(server);
            assertThat(slow.check.check("ops", PASSWORD))
                    .asInstanceOf(type(Answer.Unavailable.class))
                    .extracting(Answer.Unavailable::sentence)
                    .asString()
                    .contains("within 2 s");
            dripping.join(Duration.ofSeconds(10).toMillis());
            assertThat(dripping.isAlive()).as("its connection was closed").isFalse();
        }
    }

    @Test
    void anAnswerThatBreaksOffIsToldAsThat() {
        fault(new Fault.CutBody());
        isUnavailable("broke the connection off");
        fault(new Fault.CutContent());
        isUnavailable("cut off or damaged");
        fault(new Fault.Reset(3));
        isUnavailable("broke the connection off");
    }

    @Test
    void anAddressWhereNobodyIsIsNamed() throws Exception {
        assertThat(at("https://feed.example.invalid")).contains("'feed.example.invalid' is not known by its name");
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(at("http://127.0.0.1:" + free)).contains("Nothing answers at http://127.0.0.1:" + free);
        assertThat(at(feed.baseUrl().toString().replace("http:", "https:")))
                .contains("No TLS connection to https://127");
    }

    @Test
    void aCertificateThatNobodyVouchesForGetsNoPassword(@TempDir Path folder) throws Exception {
        try (FeedSimulator tls = new FeedSimulator(ServerCertificate.create(folder.resolve("unknown")))) {
            assertThat(at(tls.baseUrl().toString()))
                    .contains("The certificate of '127.0.0.1' is refused, and no password was sent", "PKIX");
            assertThat(tls.requests()).isEmpty();
        }
    }

    @Test
    void whoComesThirdIsToldToTryAgainAndNobodyWaits() throws Exception {
        feed.fault(FeedSimulator.ACCOUNT, 2, new Fault.Silence());
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<Answer>> waiting = new ArrayList<>();
            waiting.add(two.submit(this::check));
            waiting.add(two.submit(this::check));
            Awaitility.await().until(() -> feed.requests().size() == 2);

            isUnavailable("2 log-ins are being checked already: try again in a moment.");

            for (Future<Answer> one : waiting) {
                assertThat(one.get()).isInstanceOf(Answer.Unavailable.class);
            }
            assertThat(feed.requests()).hasSize(2);
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void aRouteThatDoesNotRunIsNamed() throws Exception {
        route.stop();
        isUnavailable("The route fetch-account does not run", "account.camel.yaml");
    }

    private static Thread drip(ServerSocket server) {
        Thread dripping = new Thread(() -> {
            try (var client = server.accept()) {
                var out = client.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write('x');
                    out.flush();
                    client.setSoTimeout(100);
                    try {
                        client.getInputStream().read(new byte[4096]);
                    } catch (java.net.SocketTimeoutException e) {
                        // The pause between two bytes.
                    }
                }
            } catch (IOException e) {
                // The client has gone.
            }
        });
        dripping.setDaemon(true);
        dripping.start();
        return dripping;
    }

    private static String at(String address) throws Exception {
        try (AccountRoute other = new AccountRoute(address, Duration.ofSeconds(20))) {
            return ((Answer.Unavailable) other.check.check("ops", PASSWORD)).sentence();
        }
    }
}
