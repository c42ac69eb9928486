package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EwsNtlmTest extends EwsContract {
    @Override
    EwsStub.Login login() {
        return EwsStub.Login.NTLM;
    }

    @Override
    EwsOptions options() {
        EwsOptions options = new EwsOptions(stub);
        options.authentication = EwsAuthentication.ntlm;
        return options;
    }

    @Test
    void aConnectionIsAuthenticatedOnceAndServesEveryMailbox() {
        int before = stub.handshakes();

        for (int i = 0; i < 3; i++) {
            assertThat(transport.append(new Batch(alice, FOLDER, emails("a" + i, 3))))
                    .hasSize(3);
            assertThat(transport.exists(bob)).isEqualTo(new Existence.Present());
        }

        assertThat(stub.handshakes() - before).isEqualTo(1);
    }

    @Test
    void aWrongPasswordIsAnOutage() {
        EwsOptions options = options();
        options.password = "wrong";
        try (EwsTransport refused = new EwsTransport(options.settings())) {
            assertThat(refused.exists(alice))
                    .isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(unknown.fault())
                            .isEqualTo(Fault.CREDENTIALS_REFUSED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"archiver", "CONTOSO\\Archiver"})
    void theAccountIsGivenWithItsDomainOrWithout(String username) {
        EwsOptions options = options();
        options.username = username;
        try (EwsTransport other = new EwsTransport(options.settings())) {
            assertThat(other.exists(alice)).isEqualTo(new Existence.Present());
        }
    }
}
