package org.chatarchiver.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chatarchiver.ledger.ItemState;
import org.chatarchiver.ledger.Items;
import org.chatarchiver.ledger.Page;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** Items that wait, as the API shows them. */
class ItemsApiTest extends ApiTest {
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
                .containsEntry("until", "2030-01-01T00:00:00Z");
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
    void whatCannotBeAskedForIsRefusedByName() {
        RunsApiTest.assertProblem(get("/api/items?state=failed"), HttpStatus.BAD_REQUEST, "must be waiting");
        RunsApiTest.assertProblem(get("/api/items?after=17"), HttpStatus.BAD_REQUEST, "under next");
        RunsApiTest.assertProblem(get("/api/items?limit=0"), HttpStatus.BAD_REQUEST, "limit");
        RunsApiTest.assertProblem(
                get("/api/items?mail=x"), HttpStatus.BAD_REQUEST, "known are after, limit, mailbox, messageId, state");
    }

    private void waits(Page page, String id, Instant until) {
        Items.Fresh fresh = sending(page, id);
        items.register(List.of(fresh));
        items.settle(List.of(new Items.Settled(
                fresh.items().get(0), ItemState.RETRY, Reason.QUOTA_EXCEEDED, "The mailbox is full.", 0, until)));
    }
}
