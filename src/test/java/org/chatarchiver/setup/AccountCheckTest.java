package org.chatarchiver.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chatarchiver.sandbox.Fault;
import org.chatarchiver.sandbox.FeedAccount;
import org.chatarchiver.setup.AccountCheck.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the feed answers, as whoever sets a connector up is told it. */
class AccountCheckTest extends AccountBed {
    @Test
    void aLogInThatIsTakenNamesTheNetworksOfItsAccount() {
        assertThat(check()).isEqualTo(new Answer.Account("ops", List.of("SIGNAL", "WECHAT")));
    }

    @Test
    void aLogInThatIsNotTakenIsRefusedAndNotTriedAgain() {
        Answer answer = route.check.check("ops", "wrong");

        assertThat(answer)
                .isEqualTo(new Answer.Refused(
                        "TeleMessage does not take this user name with this password: enter both again (" + place()
                                + " answered 401)."));
        assertThat(feed.requests()).hasSize(1);
    }

    @Test
    void aLogInThatOpensNothingIsRefused() {
        assertThat(route.check.check("closed", PASSWORD))
                .asInstanceOf(type(Answer.Refused.class))
                .extracting(Answer.Refused::sentence)
                .asString()
                .contains("opens nothing to it (403)", "ask TeleMessage");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''         | secret   | The user name is empty
            '  '       | secret   | The user name is empty
            a:b        | secret   | 'a:b' has a colon
            'a\tb'     | secret   | 'a\\tb' has a control character
            ops        | ''       | The password is empty
            ops        | 'sec\tr' | The password has a control character
            """)
    void whatHttpBasicCannotCarryIsRefusedBeforeAnythingIsAsked(String username, String password, String why) {
        assertThat(route.check.check(username, password))
                .asInstanceOf(type(Answer.Refused.class))
                .extracting(Answer.Refused::sentence)
                .asString()
                .contains(why)
                .doesNotContain("sec\tr");
        assertThat(feed.requests()).isEmpty();
    }

    @Test
    void noNameAndNoPasswordAreRefusedAndSoAreEndlessOnes() {
        assertThat(route.check.check(null, PASSWORD)).isInstanceOf(Answer.Refused.class);
        assertThat(route.check.check("ops", null)).isInstanceOf(Answer.Refused.class);
        assertThat(route.check.check("o".repeat(201), PASSWORD)).isInstanceOf(Answer.Refused.class);
        assertThat(feed.requests()).isEmpty();
    }

    @Test
    void aPasswordIsAskedWithAsLongAsASecretMayBe() {
        // Of two bytes each in UTF-8, which is what is kept and sent.
        String longest = "\u00e9".repeat(2_048);
        feed.account(new FeedAccount("long", longest, Set.of("SIGNAL")));

        assertThat(route.check.check("long", longest)).isEqualTo(new Answer.Account("long", List.of("SIGNAL")));
        assertThat(feed.requests()).hasSize(1);
        assertThat(route.check.check("long", longest + "p"))
                .isEqualTo(new Answer.Refused("The password is longer than 4,096 bytes: enter it again."));
        assertThat(feed.requests()).hasSize(1);
    }

    @Test
    void aPageForBrowsersIsNoAccount() {
        fault(Fault.html());
        isUnavailable("answered 200 with a page for browsers (Content-Type 'text/html; charset=utf-8')", "base-url");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                  | without a body
            '  '                                | without a body
            nonsense                            | no JSON
            {"account":"ops","networks":["WEC   | no JSON
            {"account":"ops","networks":[]} x   | no JSON
            null                                | no account
            []                                  | no account
            {"messages":[]}                     | no account
            {"account":7,"networks":[]}         | no account
            {"account":"ops","networks":"SIG"}  | no account
            {"account":"ops","networks":[1]}    | does not hold texts only
            """)
    void aBodyThatIsNoAccountIsToldByWhatItIs(String body, String why) {
        fault(Fault.body(body));
        isUnavailable("answered 200", why, "check archiver.telemessage.base-url");
    }

    @Test
    void anAccountIsTakenWithWhateverElseItHolds() {
        fault(Fault.body("{\"account\":\"a\\u0007c\",\"networks\":[\"X\"],\"since\":{\"year\":2026}}"));
        assertThat(check()).isEqualTo(new Answer.Account("a\\u0007c", List.of("X")));
    }

    @Test
    void jsonThatIsTooDeepOrTooLongIsNotTakenIn() {
        fault(Fault.body("[".repeat(5_000) + "]".repeat(5_000)));
        isUnavailable("no JSON");
        fault(new Fault.Huge(1L << 32));
        isUnavailable("larger than 65536 bytes inflated");
        fault(Fault.body("{\"account\":\"ops\",\"networks\":[" + "\"X\",".repeat(1_000) + "\"X\"]}"));
        isUnavailable("names 1001 networks; more than 1000 are not taken");
    }

    @Test
    void aFeedThatAsksForAPauseIsLeftAloneForAsLong() {
        fault(Fault.status(429, "17"));
        isUnavailable("asks to be left alone for a while (429): try again in 17 s.");
        fault(Fault.status(429, "7200"));
        isUnavailable("asks to be left alone until 20", "ask TeleMessage why");
        fault(Fault.status(503, null));
        isUnavailable("in trouble of its own (503): try again in a minute");
        assertThat(feed.requests()).as("each was asked once").hasSize(3);
    }

    @Test
    void aRedirectIsNotFollowedAndWhatMayBeSecretInItIsNotTold() {
        fault(Fault.redirect("https://ann:token-1@elsewhere.example:8443/archive/v1/account?sid=token-2"));
        assertThat(isUnavailable("sends on to 'https://elsewhere.example:8443/archive/v1/account' (302)"))
                .doesNotContain("token", "ann");
        fault(Fault.status(404, null));
        isUnavailable("does not know this request (404): check archiver.telemessage.base-url.");
        fault(Fault.status(410, null));
        isUnavailable("does not know this request (410)");
        fault(Fault.status(307, null));
        isUnavailable("sends on without saying where (307)");
        fault(new Fault.Answer(200, Map.of("Content-Encoding", "br"), "x".getBytes(StandardCharsets.UTF_8)));
        isUnavailable("Content-Encoding 'br'");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 418})
    void anyOtherStatusIsToldByItsNumber(int status) {
        fault(Fault.status(status, null));
        isUnavailable("(" + status + ")");
    }
}
