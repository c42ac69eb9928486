package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.chatarchiver.ledger.Channel;
import org.chatarchiver.ledger.Channels;
import org.chatarchiver.ledger.Reason;
import org.chatarchiver.ledger.Run;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.sandbox.EmbeddedMailServer;
import org.chatarchiver.sandbox.FeedRequest;
import org.chatarchiver.sandbox.FeedSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A feed that gets into trouble, and an archiver that polls it; each test has a window of its own. */
abstract class FeedTrouble {
    static final int TRIES = 5;
    static final int PAGE = 100;

    @TempDir
    static Path folder;

    static EmbeddedMailServer mail;
    static TestBed bed;

    TestBed.Window window;
    int before;
    int asked;
    String name;

    @BeforeAll
    static void start() throws IOException {
        mail = new EmbeddedMailServer(0, folder.resolve("mail"));
        bed = TestBed.start(folder, TestBed.with(mail));
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
        mail.close();
    }

    @BeforeEach
    void aWindowOfItsOwn(TestInfo test) {
        window = bed.window();
        before = delivered();
        asked = pageRequests().size();
        name = test.getDisplayName();
    }

    @AfterEach
    void everyFaultWasMet() {
        assertThat(bed.feed().faultsLeft()).isZero();
    }

    void addMessages(int count) {
        addMessages("message", count);
    }

    void addMessages(String kind, int count) {
        for (int i = 0; i < count; i++) {
            bed.add(window, TestBed.text(name + "-" + asked + "-" + kind + i, "Text " + i));
        }
    }

    void isComplete(RunReport report, int messages) {
        assertThat(report.run().state()).isEqualTo(Run.State.COMPLETE);
        assertThat(report.availableFromSource()).isEqualTo(messages);
        assertThat(report.imported() + report.skipped()).isEqualTo(messages);
        assertThat(delivered() - before).isEqualTo(messages);
    }

    static void hasFailed(RunReport report, Reason reason, String named) {
        assertThat(report.run().state()).isEqualTo(Run.State.FAILED);
        assertThat(report.run().reason()).isEqualTo(reason);
        List<Channels.Entry> entries = bed.entries(Channel.SOURCE, report);
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).reason()).isEqualTo(reason);
        assertThat(entries.get(0).detail()).contains(named).doesNotContain("feed-secret");
    }

    static int delivered() {
        return mail.count(TestBed.ANN, TestBed.FOLDER);
    }

    int requests() {
        return pageRequests().size() - asked;
    }

    static List<FeedRequest> pageRequests() {
        return bed.feed().requests().stream()
                .filter(request -> request.path().equals(FeedSimulator.MESSAGES))
                .toList();
    }
}
