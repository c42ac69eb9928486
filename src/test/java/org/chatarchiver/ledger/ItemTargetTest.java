package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTargetTest {
    @ParameterizedTest
    @ValueSource(strings = {"ann@example.com", "!ann@example.com", "!!@example.com"})
    void aMailboxHasItsAddress(String address) {
        String target = ItemTarget.mailbox(address);

        assertThat(ItemTarget.isMailbox(target)).isTrue();
        assertThat(ItemTarget.address(target)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+447700900123", "ann@example.com", "!ann@example.com", " !ann@example.com"})
    void aParticipantWhoHasNoMailboxIsNone(String participant) {
        String target = ItemTarget.participant(participant);

        assertThat(ItemTarget.isMailbox(target)).isFalse();
        assertThat(ItemTarget.address(target)).isNull();
        assertThat(ItemTarget.participantOf(target)).isEqualTo(participant);
    }

    @Test
    void whoIsNamedLikeAMailboxIsNotThatMailbox() {
        for (String name : new String[] {"ann@example.com", "!ann@example.com"}) {
            assertThat(ItemTarget.participant("ann@example.com")).isNotEqualTo(ItemTarget.mailbox(name));
            assertThat(ItemTarget.participant(name)).isNotEqualTo(ItemTarget.mailbox(name));
        }
    }

    @Test
    void whatEarlierVersionsHaveStoredMeansTheSame() {
        assertThat(ItemTarget.mailbox("ann@example.com")).isEqualTo("ann@example.com");
        assertThat(ItemTarget.participant("+447700900199")).isEqualTo("!+447700900199");
    }
}
