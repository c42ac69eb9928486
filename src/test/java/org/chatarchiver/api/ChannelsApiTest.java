package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

class ChannelsApiTest extends ApiTest {
    @BeforeEach
    void twoThatWereRefused() {
        Page page = page(open(false), 2);
        failed(page, "m1", Reason.QUOTA_EXCEEDED);
        failed(page, "m2", Reason.QUOTA_EXCEEDED);
    }

    @Test
    void everyChannelIsListedWithItsOpenEntries() {
        assertThat(get("/api/channels")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                        {"items":[{"id":"source","open":0},{"id":"malformed","open":0},{"id":"unmapped","open":0},
                        {"id":"oversize","open":0},{"id":"undeliverable","open":2}],"next":null}""");
    }

    @Test
    void theEntriesOfAChannelAreListedInParts() {
        long first = entry(0).id();
        assertThat(get("/api/channels/undeliverable?limit=1"))
                .bodyJson()
                .isLenientlyEqualTo(String.format(Locale.ROOT, """
                        {"items":[{"id":%d,"channel":"undeliverable","connector":"wechat","page":1,"position":0,"messageId":"m1",
                        "owner":"+4915112345678","mailbox":"anna@example.com","rule":"EQUIVALENT_NUMBER","reason":"QUOTA_EXCEEDED","detail":"It failed."}],"next":"%d"}""", first, first));
        assertThat(get("/api/channels/undeliverable?after={after}", first))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"messageId\":\"m2\"}],\"next\":null}");
        assertProblem(get("/api/channels/undeliverable?after=x"), HttpStatus.BAD_REQUEST, "The parameter after is 'x'");
    }

    @Test
    void oneIsRequeuedInTheNameOfTheAdministrator() {
        long id = entry(0).id();
        assertThat(post("/api/channels/undeliverable/requeue", String.format(Locale.ROOT, "{\"ids\":[%d]}", id)))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"requeued\":1}");
        assertThat(entry(0).requeuedBy()).isEqualTo("ada");
        assertThat(entry(1).requeued()).isNull();
    }

    @Test
    void allAreRequeuedWithAnEmptyObjectOrNoBodyAndThoseOnTheirWayAreNotCounted() {
        assertThat(post("/api/channels/undeliverable/requeue", "{}")).bodyJson().isStrictlyEqualTo("{\"requeued\":2}");
        assertThat(mvc.post().uri("/api/channels/undeliverable/requeue").principal(() -> "ada"))
                .bodyJson()
                .isStrictlyEqualTo("{\"requeued\":0}");
    }

    @Test
    void anIdThatIsNotOpenHereIsNotFoundAndNothingIsRequeued() {
        assertThat(post(
                        "/api/channels/undeliverable/requeue",
                        String.format(Locale.ROOT, "{\"ids\":[%d,999999999]}", entry(0).id())))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyJson()
                .extractingPath("$.ids")
                .asArray()
                .containsExactly(999999999);
        assertThat(entry(0).requeued()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ids\":[]}", "{\"ids\":[null]}", "{\"ids\":[1.5]}", "{\"ids\":[\"x\"]}", "{\"id\":[1]}"})
    void idsThatMakeNoSenseAreABadRequest(String wish) {
        assertProblem(post("/api/channels/undeliverable/requeue", wish), HttpStatus.BAD_REQUEST, "id");
        assertThat(entry(0).requeued()).isNull();
    }

    @Test
    void anUnknownChannelIsNotFoundAndTheChannelsAreNamed() {
        assertProblem(get("/api/channels/SOURCE"), HttpStatus.NOT_FOUND, "source, malformed, unmapped");
        assertProblem(post("/api/channels/none/requeue", "{}"), HttpStatus.NOT_FOUND, "'none'");
    }

    private Channels.Entry entry(int number) {
        return channels.list(Channel.UNDELIVERABLE, 10, 0).get(number);
    }
}
