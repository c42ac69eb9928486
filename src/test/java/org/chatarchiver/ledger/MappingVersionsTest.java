package org.chatarchiver.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chatarchiver.ledger.MappingOffer.Outcome;
import org.chatarchiver.ledger.MappingVersion.Origin;
import org.chatarchiver.ledger.MappingVersion.State;

class MappingVersionsTest extends LedgerContract {
    private static final MappingVersion.Rows ROWS = new MappingVersion.Rows(5, 1, 2, 3);

    MappingVersionsTest(TestLedger ledger) {
        super(ledger);
    }

    @LedgerTest
    void nothingIsInForceOfWhatNobodyGave() {
        assertThat(ledger.mappings.standing("wechat")).isEqualTo(MappingVersions.Standing.none("wechat"));
        assertThat(ledger.mappings.inForce("wechat")).isZero();
        assertThat(ledger.mappings.standings()).isEmpty();
        assertThat(ledger.mappings.list("wechat", Long.MAX_VALUE, 10)).isEmpty();
    }

    @LedgerTest
    void theLastThatIsAcceptedIsInForceAndAllAreKept() {
        long noted = ledger.jdbc.queryForObject("select coalesce(max(id), 0) from audit_note", Long.class);
        assertThat(ledger.mappings.record(accepted("a", Origin.FILE), 0)).isEqualTo(new Outcome.Recorded(1));
        assertThat(ledger.mappings.record(accepted("b", Origin.UPLOAD), 1)).isEqualTo(new Outcome.Recorded(2));
        assertThat(ledger.mappings.record(refused("c", Origin.UPLOAD), 0)).isEqualTo(new Outcome.Recorded(3));

        assertThat(ledger.mappings.inForce("wechat")).isEqualTo(2);
        assertThat(ledger.mappings.standing("wechat"))
                .isEqualTo(new MappingVersions.Standing(
                        "wechat", 2, sha("b"), "wechat/mapping/b", Origin.UPLOAD, sha("a")));
        assertThat(ledger.mappings.standings()).containsOnlyKeys("wechat");
        assertThat(ledger.mappings.list("wechat", Long.MAX_VALUE, 10))
                .extracting(MappingVersion::number, MappingVersion::state)
                .containsExactly(tuple(3L, State.REFUSED), tuple(2L, State.IN_FORCE), tuple(1L, State.REPLACED));
        assertThat(ledger.mappings.list("wechat", 3, 1))
                .extracting(MappingVersion::number)
                .containsExactly(2L);
        assertThat(ledger.mappings.find("wechat", 2)).get().satisfies(version -> {
            assertThat(version.rows()).isEqualTo(ROWS);
            assertThat(version.by()).isEqualTo("ada");
            assertThat(version.size()).isEqualTo(70);
            assertThat(version.refused()).isNull();
            assertThat(Duration.between(version.at(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        });
        assertThat(ledger.mappings.find("wechat", 3)).get().satisfies(version -> {
            assertThat(version.rows()).isNull();
            assertThat(version.refused()).isEqualTo("Line 2: No.");
        });
        assertThat(ledger.mappings.find("whatsapp", 1)).isEmpty();
        assertThat(ledger.jdbc.queryForList(
                        "select subject from audit_note where action = 'MAPPING_TAKEN' and id > ? order by id",
                        String.class,
                        noted))
                .as("what was refused is not taken")
                .containsExactly("version 1", "version 2");
    }

    @LedgerTest
    void whatWasHeldAgainstAnotherThanTheOneInForceIsNotRecorded() {
        ledger.mappings.record(accepted("a", Origin.UPLOAD), 0);

        assertThat(ledger.mappings.record(accepted("b", Origin.UPLOAD), 0)).isEqualTo(new Outcome.Overtaken());
        assertThat(ledger.mappings.list("wechat", Long.MAX_VALUE, 10)).hasSize(1);
    }

    @LedgerTest
    void aFileThatSeveralArchiversFindIsOneVersion() {
        ledger.mappings.record(refused("a", Origin.FILE), 0);
        assertThat(ledger.mappings.record(refused("a", Origin.FILE), 0)).isEqualTo(new Outcome.Known());
        assertThat(ledger.mappings.inForce("wechat")).isZero();

        assertThat(ledger.mappings.record(accepted("a", Origin.FILE), 0))
                .as("by a version of the archiver that takes it")
                .isEqualTo(new Outcome.Recorded(2));
        assertThat(ledger.mappings.record(accepted("b", Origin.UPLOAD), 2)).isEqualTo(new Outcome.Recorded(3));
        assertThat(ledger.mappings.record(accepted("a", Origin.FILE), 3)).isEqualTo(new Outcome.Known());

        ledger.mappings.fileIs("wechat", sha("b"));
        assertThat(ledger.mappings.record(accepted("a", Origin.FILE), 3))
                .as("changed back since")
                .isEqualTo(new Outcome.Recorded(4));
        assertThat(ledger.mappings.latest("wechat", sha("a")))
                .get()
                .extracting(MappingVersion::number)
                .isEqualTo(4L);
    }

    @LedgerTest
    void ofManyAtTheSameTimeEachHasItsNumberAndTheLastIsInForce() {
        int many = 12;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Long>> all = IntStream.range(0, many)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> insisted("x" + i), threads))
                    .toList();
            assertThat(all.stream().map(CompletableFuture::join))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.iterate(1L, n -> n + 1).limit(many).toList());
        } finally {
            threads.shutdown();
        }
        assertThat(ledger.mappings.inForce("wechat")).isEqualTo(many);
    }

    private long insisted(String name) {
        while (true) {
            Outcome outcome = ledger.mappings.record(accepted(name, Origin.UPLOAD), ledger.mappings.inForce("wechat"));
            if (outcome instanceof Outcome.Recorded recorded) {
                return recorded.number();
            }
        }
    }

    private static MappingOffer accepted(String name, Origin origin) {
        return offer(name, origin, ROWS, null);
    }

    private static MappingOffer refused(String name, Origin origin) {
        return offer(name, origin, null, "Line 2: No.");
    }

    private static MappingOffer offer(String name, Origin origin, MappingVersion.Rows rows, String refused) {
        return new MappingOffer("wechat", sha(name), 70, "wechat/mapping/" + name, origin, "ada", rows, refused);
    }

    private static String sha(String name) {
        return name + "0".repeat(64 - name.length());
    }
}
