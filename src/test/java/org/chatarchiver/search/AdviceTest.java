package org.chatarchiver.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {
    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonOfAnItemHasItsOwnCure(Reason reason) {
        if (reason.channel() != null && reason.channel() != Channel.SOURCE) {
            assertThat(Advice.of(reason, false))
                    .isNotEqualTo("Mend that")
                    .doesNotEndWith(".")
                    .doesNotContainPattern("(after it failed first).*\\1");
        }
    }
}
