package org.chatarchiver.msexchange.transport.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.chatarchiver.msexchange.transport.Existence;
import org.chatarchiver.servers.Dovecot;
import org.junit.jupiter.api.Test;

class DovecotXoauth2Test extends DovecotContract {
    @Override
    Dovecot start(Dovecot.Options options) {
        return options.start();
    }

    @Override
    ImapOptions options() {
        return ImapOptions.xoauth2(dovecot);
    }

    @Test
    void aRefusedTokenIsReplacedOnce() {
        Iterator<String> tokens = List.of(dovecot.token(Duration.ofSeconds(-30)), dovecot.token(Duration.ofHours(1)))
                .iterator();
        ImapOptions options = options();
        options.credential = ImapOptions.credential(tokens::next);
        try (ImapTransport fresh = new ImapTransport(options.settings())) {
            assertThat(fresh.exists(alice)).isInstanceOf(Existence.Present.class);
        }
    }

    @Test
    void tokensThatTheProbeMailboxIsRefusedWithAreAnOutage() {
        ImapOptions options = options();
        options.probeMailbox = bob;
        options.credential = ImapOptions.credential(() -> "not a token");
        try (ImapTransport refused = new ImapTransport(options.settings())) {
            assertThat(refused.exists(alice)).isInstanceOfSatisfying(Existence.Unknown.class, unknown -> assertThat(
                            unknown.fault().outage())
                    .isTrue());
        }
    }
}
