package org.chatarchiver.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.mime.MessageIds;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** Items that wait, and those of a message, as the API shows them. */
class ItemsApiTest extends ApiTest {
    private static final MessageIds MESSAGE_IDS = new MessageIds("chat-archiver.invalid");

    @Test
    void whatWaitsIsToldWithItsReasonAndUntilWhen() {
        Run run = open(false);
        Page page = page(run, 1);
        Instant until = Instant.parse("2030-01-01T00:00:00Z");
        waits(page, "m1", until);

        assertThat(get("/api/items?state=waiting&mailbox=anna@example.com&messageId=m1"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[0]")
                .asMap()
                .containsEntry("state", "waiting")
                .containsEntry("connector", "wechat")
                .containsEntry("run", run.id())
                .containsEntry("messageId", "m1")
                .containsEntry("mailbox", "anna@example.com")
                .containsEntry("rule", "EQUIVALENT_NUMBER")
                .containsEntry("reason", "QUOTA_EXCEEDED")
                .containsEntry("detail", "The mailbox is full.")
                .containsEntry("until", "2030-01-01T00:00:00Z")
                .containsEntry("delivered", null);
        assertThat(get("/api/items?mailbox=bert@example.com"))
                .bodyJson()
                .extractingPath("$.items")
                .asArray()
                .isEmpty();
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .extractingPath("$.waitingByReason.QUOTA_EXCEEDED")
                .isEqualTo(1);
        runs.landed(run.id(), 1L);
        assertThat(get("/api/runs/{run}", run.id()))
                .bodyJson()
                .extractingPath("$.summary")
                .asString()
                .contains("1 to come, of which 1 waits (QUOTA_EXCEEDED 1)");
    }

    @Test
    void theListComesInParts() {
        Page page = page(open(false), 3);
        for (int i = 0; i < 3; i++) {
            waits(page, "m" + i, Instant.parse("2030-01-01T00:00:00Z").plus(Duration.ofSeconds(i)));
        }
        assertThat(get("/api/items?limit=2"))
                .bodyJson()
                .extractingPath("$.items[*].messageId")
                .asArray()
                .containsExactly("m0", "m1");
        String[] next = new String[1];
        assertThat(get("/api/items?limit=2"))
                .bodyJson()
                .extractingPath("$.next")
                .asString()
                .satisfies(token -> next[0] = token);
        assertThat(get("/api/items?limit=2&after={after}", next[0]))
                .bodyJson()
                .extractingPath("$.items[*].messageId")
                .asArray()
                .containsExactly("m2");
    }

    @Test
    void whatIsDeliveredIsToldOfAMessageWithTheRuleThatNamedItsMailbox() {
        Run run = open(false);
        Page page = page(run, 2);
        imported(page, "m1");
        imported(page, "m2");

        assertThat(get("/api/items?messageId=m1"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[0]")
                .asMap()
                .containsEntry("state", "imported")
                .containsEntry("rule", "EQUIVALENT_NUMBER")
                .containsEntry("connector", "wechat")
                .containsEntry("mailbox", "anna@example.com")
                .containsEntry("folder", WECHAT.folder())
                .containsEntry("messageId", "m1")
                .containsEntry("emailMessageId", MESSAGE_IDS.messageId("wechat", "m1", ""))
                .containsEntry("run", run.id())
                .containsEntry("page", 1)
                .containsEntry("position", 0)
                .containsEntry("revision", 0)
                .containsEntry("until", null)
                .hasEntrySatisfying("delivered", time -> assertThat(Instant.parse((String) time))
                        .isBetween(Instant.now().minusSeconds(60), Instant.now()));
        assertThat(ids("/api/items?messageId=m1&state=imported&mailbox=Anna@Example.com"))
                .containsExactly("m1");
        assertThat(ids("/api/items?messageId=m1&state=partiallyImported")).isEmpty();
        assertThat(ids("/api/items?messageId=m1&state=waiting")).isEmpty();
        assertThat(ids("/api/items?messageId=m1&mailbox=bert@example.com")).isEmpty();
        assertThat(ids("/api/items?messageId=unknown")).isEmpty();
        assertThat(ids("/api/items")).as("what waits").isEmpty();
    }

    @Test
    void ofAMessageWhatWaitsAndWhatIsDeliveredComeTogetherUnlessAStateIsAskedFor() {
        Page page = page(open(false), 1);
        imported(page, "m1");
        items.register(List.of(
                new Items.Fresh(revision(page, "m1"), true, List.of(item(page, "m1", "bert@example.com")), List.of())));
        items.settle(List.of(new Items.Settled(
                item(page, "m1", "bert@example.com"),
                ItemState.RETRY,
                Reason.QUOTA_EXCEEDED,
                "The mailbox is full.",
                0,
                Instant.parse("2030-01-01T00:00:00Z"))));

        assertThat(get("/api/items?messageId=m1"))
                .bodyJson()
                .extractingPath("$.items[*].state")
                .asArray()
                .containsExactly("imported", "waiting");
        String[] next = new String[1];
        assertThat(get("/api/items?messageId=m1&limit=1"))
                .bodyJson()
                .extractingPath("$.next")
                .asString()
                .satisfies(token -> next[0] = token);
        assertThat(get("/api/items?messageId=m1&limit=1&after={after}", next[0]))
                .bodyJson()
                .extractingPath("$.items[*].state")
                .asArray()
                .containsExactly("waiting");
        assertThat(ids("/api/items?messageId=m1&state=waiting")).hasSize(1);
    }

    @Test
    void aMessageIdThatTheLedgerCannotKeepToTheLetterHasNoMessageIdOfItsEMail() {
        Page page = page(open(false), 1);
        imported(page, "nul \uFFFD");

        assertThat(get("/api/items?messageId={id}", "nul \uFFFD"))
                .bodyJson()
                .extractingPath("$.items[0]")
                .asMap()
                .containsEntry("emailMessageId", null);
    }

    @Test
    void whatCannotBeAskedForIsRefusedByName() {
        assertProblem(
                get("/api/items?state=failed"),
                HttpStatus.BAD_REQUEST,
                "must be imported, partiallyImported, waiting, or left out");
        assertProblem(get("/api/items?state=IMPORTED&messageId=m1"), HttpStatus.BAD_REQUEST, "IMPORTED");
        assertProblem(get("/api/items?state=imported"), HttpStatus.BAD_REQUEST, "give messageId");
        assertProblem(get("/api/items?messageId=m1&after=17"), HttpStatus.BAD_REQUEST, "under next");
        assertProblem(get("/api/items?messageId=m1&limit=0"), HttpStatus.BAD_REQUEST, "limit");
        assertProblem(get("/api/items?after=17"), HttpStatus.BAD_REQUEST, "under next");
        assertProblem(get("/api/items?limit=0"), HttpStatus.BAD_REQUEST, "limit");
        assertProblem(
                get("/api/items?mail=x"), HttpStatus.BAD_REQUEST, "known are after, limit, mailbox, messageId, state");
    }

    private List<Object> ids(String path) {
        List<Object> ids = new ArrayList<>();
        assertThat(get(path))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[*].messageId")
                .asArray()
                .satisfies(found -> ids.addAll(List.of(found)));
        return ids;
    }

    private void waits(Page page, String id, Instant until) {
        Items.Fresh fresh = sending(page, id);
        items.register(List.of(fresh));
        items.settle(List.of(new Items.Settled(
                fresh.items().get(0), ItemState.RETRY, Reason.QUOTA_EXCEEDED, "The mailbox is full.", 0, until)));
    }
}
