package org.chatarchiver.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.message.Sha256;
import org.junit.jupiter.api.Test;

class ItemKeysTest {
    @Test
    void eachItemIsMetForItselfHoweverManyThereAre() {
        ItemKeys items = new ItemKeys();
        for (int i = 0; i < 20_000; i++) {
            items.expect(key("ann@example.com", i));
        }
        items.expect(key("ben@example.com", 7));

        assertThat(items.met(key("ann@example.com", 7))).isEqualTo(ItemKeys.Met.FIRST);
        assertThat(items.met(key("ann@example.com", 7))).isEqualTo(ItemKeys.Met.DOUBLED);
        assertThat(items.met(key("ann@example.com", 7))).isEqualTo(ItemKeys.Met.AGAIN);
        assertThat(items.met(key("ben@example.com", 7))).isEqualTo(ItemKeys.Met.FIRST);
        assertThat(items.met(key("ben@example.com", 8))).isEqualTo(ItemKeys.Met.UNKNOWN);
        assertThat(items.isSeen(key("ann@example.com", 7))).isTrue();
        for (int i = 8; i < 20_000; i++) {
            assertThat(items.isSeen(key("ann@example.com", i))).isFalse();
            assertThat(items.met(key("ann@example.com", i))).isEqualTo(ItemKeys.Met.FIRST);
        }
    }

    private static long key(String mailbox, int number) {
        return ItemKeys.key(ItemKeys.mailbox(mailbox), Sha256.of("m" + number));
    }
}
