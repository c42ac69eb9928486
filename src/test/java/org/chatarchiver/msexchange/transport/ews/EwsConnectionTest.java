package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.msexchange.transport.Email;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.MailboxTransportContract;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.sandbox.ServerCertificate;
import org.chatarchiver.servers.EwsStub;
import org.chatarchiver.servers.NtlmFrontEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the server is reached and whom it takes us for. */
class EwsConnectionTest extends EwsFixture {
    @Test
    void aWrongPasswordIsAnOutageAndStandsInNoDetail() {
        options.password = "not-the-Password";

        Outcome.Retryable later = retryable(append(1).get(0));

        assertThat(later.fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
        assertThat(later.inDoubt()).isFalse();
        assertThat(later.detail()).doesNotContain("not-the-Password");
        assertThat(options.settings().toString()).doesNotContain("not-the-Password");
    }

    @Test
    void aRefusedConnectionIsAnOutage() throws IOException {
        // Bound but not listening: refuses, and nobody else gets the port.
        try (Socket refusing = new Socket()) {
            refusing.bind(new InetSocketAddress("127.0.0.1", 0));
            options.url = URI.create("https://localhost:" + refusing.getLocalPort() + "/EWS/Exchange.asmx");

            Outcome.Retryable later = retryable(append(1).get(0));

            assertThat(later.fault()).isEqualTo(Fault.UNREACHABLE);
            assertThat(later.inDoubt()).isFalse();
        }
    }

    @Test
    void aNameThatDoesNotResolveIsAnOutage() {
        options.url = URI.create("https://no-such-host.invalid/EWS/Exchange.asmx");

        assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void aCertificateThatIsNotTrustedIsAnOutage() {
        options.sslContext = null;

        assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(stub.requests()).isEmpty();
    }

    @Test
    void aCertificateForAnotherHostIsAnOutage(@TempDir Path folder) throws IOException {
        ServerCertificate certificate = ServerCertificate.create(folder, "dns:mail.example.com");
        try (EwsStub other = EwsStub.start(EwsStub.Login.BASIC, certificate.keyStore(), certificate.password())) {
            other.mailboxes().create(List.of(MAILBOX));
            options.url = other.url();
            options.sslContext = certificate.sslContext();

            assertThat(retryable(append(1).get(0)).fault()).isEqualTo(Fault.UNREACHABLE);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void withNtlmALargeRequestIsSentOnceAlthoughAConnectionIsAuthenticatedByThree() throws IOException {
        try (NtlmFrontEnd iis = new NtlmFrontEnd()) {
            options.url = iis.url();
            options.authentication = EwsAuthentication.ntlm;
            options.timeout = Duration.ofSeconds(10);
            Email large = MailboxTransportContract.email("large", "x".repeat(3 << 20));

            assertThat(append(List.of(large))).containsExactly(new Outcome.Delivered(0));

            assertThat(iis.refused()).isEqualTo(2);
            assertThat(iis.bytes()).isBetween(4L << 20, 6L << 20);
        }
    }
}
