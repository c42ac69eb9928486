package org.chatarchiver.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.chatarchiver.ledger.ItemTarget;
import org.chatarchiver.message.PartyIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {
    private static final String DIGITS = "0123456789abcdef0123456789abcdef01234567";

    private final PartyIds ids = new PartyIds("DE");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+4915112345678",
                "4915112345678",
                "+49 151 1234-5678",
                "0151 12345678",
                "(0151) 123 456 78",
                "tel:+49-151-12345678",
                "004915112345678",
                "4915112345678@s.whatsapp.net",
                "4915112345678:12@s.whatsapp.net"
            })
    void aNumberIsLookedForInWhateverWritingItIsGiven(String writing) {
        Terms terms = Terms.of(writing, ids);
        assertThat(terms.wanted().owners()).contains("+4915112345678");
        assertThat(terms.wanted().targets())
                .contains(ItemTarget.participant("+4915112345678"), ItemTarget.participant("4915112345678"));
        assertThat(terms.notLookedFor()).contains("beside the owner");
    }

    @Test
    void aNumberThatItsCountryWritesInTwoWaysIsOnePerson() {
        PartyIds anywhere = new PartyIds("");
        assertThat(Terms.of("551188880001", anywhere).wanted().owners())
                .isEqualTo(Terms.of("5511988880001", anywhere).wanted().owners());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<" + DIGITS + "@chat-archiver.invalid>", DIGITS + "@other.example"})
    void aMessageIdOfAnEmailIsLookedForByItsDigitsAndNotAsAMailbox(String given) {
        Terms terms = Terms.of(given, ids);
        assertThat(terms.wanted().emailDigits()).containsExactly(DIGITS);
        assertThat(terms.wanted().targets()).isEmpty();
        assertThat(terms.wanted().messageIds()).containsExactly(given);
        assertThat(terms.notLookedFor()).isNull();
    }

    @Test
    void aMailboxIsLookedForAsOneAndAsAParticipant() {
        assertThat(Terms.of("Anna@Example.com", ids).wanted().targets())
                .contains("Anna@Example.com", ItemTarget.participant("Anna@Example.com"));
        assertThat(Terms.of("!odd@example.com", ids).wanted().targets())
                .as("none that could be taken for a participant")
                .contains(ItemTarget.mailbox("!odd@example.com"));
    }

    @Test
    void anythingIsLookedForAsAMessageIdAndAsTheIdOfAnOwner() {
        Terms terms = Terms.of("wxid_Abc", ids);
        assertThat(terms.wanted().messageIds()).containsExactly("wxid_Abc");
        assertThat(terms.wanted().owners()).containsExactly("wxid_Abc");
        assertThat(terms.lookedFor()).anySatisfy(way -> assertThat(way).contains("message id 'wxid_Abc'"));
    }
}
