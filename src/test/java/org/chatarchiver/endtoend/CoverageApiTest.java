package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chatarchiver.ledger.CaptureCounts;
import org.chatarchiver.ledger.UnmappedPeople;
import org.chatarchiver.message.PartyIds;
import org.junit.jupiter.api.Test;

/** Who is archived and who is not, asked over the API of an archiver that has archived something. */
class CoverageApiTest extends CollectionBed {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGE =
            "{\"messageId\":\"%s\",\"messageContext\":\"app-message\",\"messageTime\":%d,\"direction\":\"Out\",\"msisdn\":\"%s\",\"from\":\"%s\",\"to\":[\"%s\"],\"textContent\":\"Hello\"}";
    private static final String MAPPING = """
            External User ID,Microsoft 365 User Mailbox
            +447700900101,ann@example.com
            +44 7700 900102,ann@example.com
            +447700900103,ann@example.com
            """;

    @Test
    void whoMapsToNothingBecomesAMappingFileByFillingOneColumn() throws Exception {
        ApiClient api = new ApiClient(archiver);
        assertThat(api.put("/api/connectors/wechat/mapping", "text/csv", MAPPING)
                        .statusCode())
                .isEqualTo(200);
        message("one", "+447700900101", "+447700900102");
        message("two", "+447700900201", "+447700900101");
        message("three", "00447700900201", "+447700900101");
        message("four", "zoë, \"the\" id", "+447700900101");
        message("five", "=1+1", "+447700900101");
        day.run(archiver, "wechat");
        // Read again, and delivered to nobody again.
        day.run(archiver, "wechat");
        count();

        JsonNode people = items(api, "/api/coverage/unmapped?connector=wechat");
        assertThat(people.findValuesAsText("participant").stream().map(id -> id.replaceFirst("^00", "+")))
                .containsExactlyInAnyOrder("+447700900201", "zoë, \"the\" id", "=1+1");
        assertThat(people.findValuesAsText("entries")).containsExactlyInAnyOrder("2", "1", "1");
        assertThat(people.toString()).doesNotContain("\"owner\":false");
        assertThat(api.get("/api/coverage/unmapped.csv").body()).contains("447700900201,,true,NO_MAPPING,2,");

        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(day.received()), ZoneOffset.UTC);
        JsonNode captures = items(api, "/api/coverage/captures?connector=wechat&from=" + today);
        assertThat(captures.findValuesAsText("captures")).containsExactlyInAnyOrder("1", "2", "1", "1");
        assertThat(items(api, "/api/coverage/captures?owner=%2B44+7700+900201").findValuesAsText("captures"))
                .containsExactly("2");
        assertThat(items(api, "/api/coverage/captures?to=" + today)).isEmpty();
        assertThat(api.get("/api/coverage/captures.csv?owner=%2B447700900201").body())
                .contains(today + ",wechat,");
        assertThat(items(api, "/api/coverage/silent?connector=wechat&days=1")).isEmpty();
        assertThat(api.get("/api/coverage/silent.csv?connector=wechat").body()).contains("owner,first,last");

        assertThat(items(api, "/api/coverage/mapping?connector=wechat").findValuesAsText("line"))
                .as("one that owns, one that takes part, and one that no message names")
                .containsExactly("4");
        assertThat(api.get("/api/coverage/mapping.csv?connector=wechat").body()).contains("4,'+447700900103,ann@");

        String csv =
                api.get("/api/coverage/mapping-to-fill.csv?connector=wechat").body();
        String filled = csv.strip()
                .lines()
                .skip(1)
                .map(line -> line + "ann@example.com")
                .collect(Collectors.joining("\r\n", "External User ID,Microsoft 365 User Mailbox\r\n", "\r\n"));
        assertThat(filled.lines()).hasSize(3);
        assertThat(api.put("/api/connectors/wechat/mapping", "text/csv", filled).statusCode())
                .isEqualTo(200);
        assertThat(api.post("/api/channels/unmapped/requeue", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> {
            count();
            return items(api, "/api/coverage/unmapped")
                    .findValuesAsText("participant")
                    .equals(List.of("=1+1"));
        });
        // Met by the requeue.
        SmallDay.await().atMost(Duration.ofMinutes(1)).until(() -> items(api, "/api/coverage/mapping?connector=wechat")
                .isEmpty());
    }

    @Test
    void whatCannotBeAskedIsRefusedInASentence() throws Exception {
        ApiClient api = new ApiClient(archiver);
        for (String path : List.of(
                "unmapped?after=x",
                "captures?from=yesterday",
                "captures?after=x",
                "silent?connector=wechat&days=0",
                "silent?connector=wechat&after=x",
                "silent",
                "mapping?connector=none",
                "mapping.csv?connector=none",
                "mapping")) {
            assertThat(api.get("/api/coverage/" + path).statusCode()).as(path).isEqualTo(400);
        }
    }

    /** What is done half a minute or so behind the archiving. */
    private void count() {
        while (archiver.bean(CaptureCounts.class).fold()) {
            continue;
        }
        PartyIds ids = archiver.bean(PartyIds.class);
        archiver.bean(UnmappedPeople.class).regroup(id -> ids.received(id).key());
    }

    private void message(String id, String owner, String to) {
        day.feed.add(
                "WECHAT",
                start.minusSeconds(600),
                String.format(
                                Locale.ROOT,
                                MESSAGE,
                                id,
                                day.received(),
                                owner.replace("\"", "\\\""),
                                owner.replace("\"", "\\\""),
                                to)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode items(ApiClient api, String path) throws Exception {
        var answer = api.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("items");
    }
}
