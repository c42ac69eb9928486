package org.chatarchiver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for both hooks, that for messages and that for attachments. */
class HooksTest extends HooksFixture {
    @Test
    void withoutStepsTheyAreNotCalledAndNothingIsOpened() throws Exception {
        start("", "");
        MappedMessage mapped = mapped(file("a.txt", FILE));

        assertThat(checked(mapped)).isSameAs(mapped);

        assertThat(exchanges).as("the test's own, one for each check").hasSize(2);
        assertThat(opened).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "setBody: { constant: other }",
                "setBody: { simple: \"${null}\" }",
                "removeHeaders: { pattern: \"*\" }",
                "setVariable: { name: message, constant: other }",
                "setProperty: { name: CamelSplitIndex, constant: \"7\" }",
                "removeProperties: { pattern: \"*\" }",
                "convertBodyTo: { type: String }"
            })
    void whateverTheyDoToWhatTheySeeTheSameIsDelivered(String step) throws Exception {
        start(step, step);
        MappedMessage mapped = mapped(file("a.txt", FILE), file("b.txt", FILE));

        MappedMessage checked = checked(mapped);

        assertThat(checked.message()).isEqualTo(mapped.message());
        assertThat(checked.items().send()).isEqualTo(mapped.items().send());
    }
}
