package org.chatarchiver.endtoend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.ledger.CaptureCounts;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.ledger.SearchLists;
import org.chatarchiver.ledger.UnmappedPeople;
import org.chatarchiver.message.PartyIds;
import org.springframework.jdbc.core.JdbcTemplate;

/** An archiver of whose traffic something is archived, something failed, and something is meant to break pages. */
final class RecordsBed implements AutoCloseable {
    /** Would run in a page, in a spreadsheet, and turn a line around. */
    static final String HOSTILE =
            "=HYPERLINK(\"http://x\")<script>document.title='owned'</script><img src=x onerror=alert(1)>${7*7}[[${7*7}]]\u202Etxet";

    private final HawtioBed bed;
    private final RunReport run;

    RecordsBed(Path folder) throws IOException {
        bed = new HawtioBed(folder);
        TestBed.Window window = bed.bed().window();
        bed.bed().add(window, TestBed.text("good-1", "canary-of-a-message"));
        bed.bed().add(window, TestBed.text(HOSTILE, HOSTILE).put("msisdn", HOSTILE));
        bed.bed().add(window, TestBed.text("x".repeat(900), "y".repeat(5_000)).put("msisdn", "+447700900998"));
        ObjectNode partly = TestBed.text("partly-1", "With a file that is none");
        partly.putArray("attachment").add(TestBed.json("{\"name\":\"file.bin\",\"content\":\"AAAA AAA\"}"));
        bed.bed().add(window, partly);
        run = bed.bed().run(window);
        while (bean(SearchLists.class).enter()) {
            continue;
        }
    }

    /** What is done half a minute or so behind the archiving, for what coverage tells. */
    void count() {
        while (bean(CaptureCounts.class).fold()) {
            continue;
        }
        PartyIds ids = bean(PartyIds.class);
        bean(UnmappedPeople.class).regroup(id -> ids.received(id).key());
    }

    RunReport run() {
        return run;
    }

    Path routes() {
        return bed.bed().home().routes();
    }

    int port() {
        return bed.port();
    }

    <T> T bean(Class<T> type) {
        return bed.bed().archiver().bean(type);
    }

    /** The rows of a delivered item are removed from the ledger, past the archiver. */
    void tamper() {
        JdbcTemplate ledger = bean(JdbcTemplate.class);
        ledger.update("delete from item where message in (select id from message where source_id = 'partly-1')");
        ledger.update("delete from message where source_id = 'partly-1'");
    }

    List<Channels.Entry> unmapped() {
        return bean(Channels.class).list(Channel.UNMAPPED, 100, 0);
    }

    @Override
    public void close() throws IOException {
        bed.close();
    }
}
