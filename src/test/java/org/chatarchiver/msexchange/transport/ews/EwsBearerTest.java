package org.chatarchiver.msexchange.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.chatarchiver.msexchange.transport.Batch;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.msexchange.transport.Fault;
import org.chatarchiver.msexchange.transport.Outcome;
import org.chatarchiver.msexchange.transport.imap.ImapOptions;
import org.chatarchiver.servers.EwsStub;
import org.junit.jupiter.api.Test;

class EwsBearerTest extends EwsContract {
    @Override
    EwsStub.Login login() {
        return EwsStub.Login.BEARER;
    }

    @Override
    EwsOptions options() {
        EwsOptions options = new EwsOptions(stub);
        options.authentication = EwsAuthentication.oauth2;
        options.credential = ImapOptions.credential(() -> EwsStub.TOKEN);
        return options;
    }

    @Test
    void aTokenThatEndsInTheMiddleOfABatchIsReplacedAndNothingIsFiledTwice() {
        Iterator<String> tokens = List.of(EwsStub.TOKEN, "the-second-token").iterator();
        EwsOptions options = options();
        options.credential = ImapOptions.credential(tokens::next);
        try (EwsTransport renewing = new EwsTransport(options.settings())) {
            renewing.append(new Batch(alice, FOLDER, emails("before", 2)));
            stub.token("the-second-token");

            assertThat(renewing.append(new Batch(alice, FOLDER, emails("after", 60))))
                    .hasSize(60)
                    .containsOnly(new Outcome.Delivered(0));
        } finally {
            stub.token(EwsStub.TOKEN);
        }
        assertThat(mailboxes.folder(alice, FOLDER)).hasSize(62);
    }

    @Test
    void aTokenThatIsRefusedTwiceIsAnOutage() {
        EwsOptions options = options();
        options.credential = ImapOptions.credential(() -> "never good");
        try (EwsTransport refused = new EwsTransport(options.settings())) {
            assertThat(refused.exists(alice)).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> {
                assertThat(unknown.fault()).isEqualTo(Fault.CREDENTIALS_REFUSED);
                assertThat(unknown.detail()).doesNotContain("never good");
            });
        }
    }
}
