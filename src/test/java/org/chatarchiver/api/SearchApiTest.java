package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.chatarchiver.ledger.Item;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Revision;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.SearchLists;
import org.chatarchiver.mime.MessageIds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

/** All that is known of a message, by whatever somebody has of it. */
class SearchApiTest extends ApiTest {
    private static final String OWNER = "+447911123456";
    private static final String EMAIL = new MessageIds("chat-archiver.invalid").messageId("wechat", "m1", "");

    @Autowired
    private SearchLists names;

    private Run run;
    private Page page;

    @BeforeEach
    void oneThatIsDelivered() {
        run = open(false);
        page = page(run, 2);
        Revision revision = Revision.of("wechat", "m1", "d".repeat(64), 0, page, 4, OWNER, OWNER, "In");
        Item item = new Item(
                revision.id(),
                "anna@example.com",
                page.run(),
                page.number(),
                ItemState.SENDING,
                "MAPPING_FILE",
                null,
                null,
                0,
                null,
                null);
        items.register(List.of(new Items.Fresh(revision, List.of(item))));
        items.settle(List.of(new Items.Settled(item, ItemState.IMPORTED, null, null, 1, null)));
        enter();
    }

    private void enter() {
        pages.done(page);
        names.enter();
        jdbc.update("update page set state = 'LANDED'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m1",
                " m1 ",
                "+447911123456",
                "07911 123456",
                "447911123456@s.whatsapp.net",
                "anna@example.com",
                "Anna@Example.com"
            })
    void aMessageIsFoundByWhateverSomebodyHasOfIt(String query) {
        assertFound(query);
    }

    @Test
    void andByTheMessageIdOfItsEmailWithOrWithoutBrackets() {
        assertFound(EMAIL);
        assertFound(EMAIL.substring(1, EMAIL.length() - 1));
    }

    private void assertFound(String query) {
        assertThat(get("/api/search?q={query}", query))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[0]")
                .asMap()
                .containsEntry("connector", "wechat")
                .containsEntry("messageId", "m1")
                .containsEntry("revision", 0)
                .containsEntry("emailMessageId", EMAIL)
                .containsEntry("folder", "wechat")
                .containsEntry("run", run.id())
                .containsEntry("runState", "RUNNING")
                .containsEntry("page", 1)
                .containsEntry("position", 4)
                .containsEntry("path", page.path())
                .containsEntry("pageSha256", page.sha256())
                .hasEntrySatisfying("sentence", said -> assertThat(said.toString())
                        .startsWith("It is in the mailbox 'anna@example.com'"));
    }

    @Test
    void whatFailedIsToldWithItsEntryAndWhatToDo() {
        failed(page, "m2", Reason.QUOTA_EXCEEDED);
        assertThat(get("/api/search?q=m2")).bodyJson().isLenientlyEqualTo("""
                {"query":"m2","sentence":null,"next":null,"items":[{
                  "messageId":"m2",
                  "captures":[{"owner":"+4915112345678","page":1,"position":0}],
                  "items":[{"state":"failed","mailbox":"anna@example.com","participant":null,"reason":"QUOTA_EXCEEDED"}],
                  "entries":[{"channel":"undeliverable","reason":"QUOTA_EXCEEDED","closed":null}]}]}""");
        assertThat(get("/api/search?q=m2"))
                .bodyJson()
                .extractingPath("$.items[0].sentence")
                .asString()
                .contains("It is not in the mailbox", "Give the mailbox more room", "requeue entry");
    }

    @Test
    void thatNothingIsFoundSaysWhatIsCollectedAndWhatIsStillToBeRead() {
        assertThat(get("/api/search?q=m9"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.sentence")
                .asString()
                .contains("known by 'm9'", "wechat nothing yet", "still to be read: 1", "back-fill");
        assertThat(get("/api/search?q=m9"))
                .bodyJson()
                .extractingPath("$.notLookedFor")
                .asString()
                .contains("only takes part");
    }

    @Test
    void theListComesInParts() {
        Page second = new Page(run.id(), 2, "wechat/2.json.gz", "b".repeat(64), 10, 1, clock.instant());
        pages.landed(second);
        imported(second, "m2");
        pages.done(second);
        names.enter();
        String[] next = new String[1];
        assertThat(get("/api/search?q=anna@example.com&limit=1"))
                .bodyJson()
                .extractingPath("$.next")
                .asString()
                .satisfies(token -> next[0] = token);
        assertThat(get("/api/search?q=anna@example.com&limit=1&after={next}", next[0]))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{}],\"next\":null}");
    }

    @Test
    void whatMakesNoSenseIsABadRequest() {
        assertProblem(get("/api/search?q={q}", " "), HttpStatus.BAD_REQUEST, "The parameter q has 0 characters");
        assertProblem(get("/api/search?q={q}", "a".repeat(1001)), HttpStatus.BAD_REQUEST, "1001 characters");
        assertProblem(get("/api/search"), HttpStatus.BAD_REQUEST, "q");
        assertProblem(get("/api/search?q=a&after=x"), HttpStatus.BAD_REQUEST, "The parameter after is 'x'");
        assertProblem(get("/api/search?q=a&limit=0"), HttpStatus.BAD_REQUEST, "limit");
    }

    @Test
    void hostileTextFindsNothingAndBreaksNothing() {
        for (String query : List.of("<script>alert(1)</script>", "' or 1=1 --", "%", "a\u0000b", "\u202Etxet", "!")) {
            assertThat(get("/api/search?q={query}", query)).hasStatusOk();
        }
    }
}
