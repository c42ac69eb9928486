package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MappingStoreTest extends MappingStoreFixture {
    @Test
    void theSourceIsUsedFromRegistrationOn() throws IOException {
        write(ALICE);
        register();
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(store.problems("wechat")).isEmpty();
        assertThat(events).containsExactly("accepted wechat 1");
    }

    @Test
    void aChangedSourceTakesEffectWithoutARestart() throws IOException {
        write(ALICE);
        register();
        write(BOB);
        store.refresh();
        assertThat(mailbox()).contains("bob@contoso.example");
        assertThat(events).hasSize(2);
    }

    @Test
    void aRejectedSourceLeavesTheMappingInUseAlsoOverARestart() throws IOException {
        write(ALICE);
        register();
        write(BAD);
        store.refresh("wechat");
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(problem()).isEqualTo("Line 2: The mailbox 'nobody' is not a valid address.");
        assertThat(events).containsExactly("accepted wechat 1", "rejected wechat 1");

        store = store();
        register();
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(problem()).startsWith("Line 2:");

        write(ALICE);
        store.refresh();
        assertThat(store.problems("wechat")).isEmpty();
    }

    @Test
    void aSourceThatDisappearsLeavesTheMappingInUse() throws IOException {
        write(ALICE);
        register();
        Files.delete(source);
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        assertThat(problem()).contains("There is no file '" + source.toAbsolutePath() + "'");
        write(ALICE);
        store.refresh();
        assertThat(store.problems("wechat")).isEmpty();
    }

    @Test
    void aSourceThatWasNeverAcceptedMapsNobody() throws IOException {
        write(BAD);
        register();
        assertThat(store.current("wechat"))
                .isInstanceOfSatisfying(Mappings.Current.Unusable.class, unusable -> assertThat(unusable.why())
                        .contains("of the connector 'wechat' cannot be used: Line 2: The mailbox 'nobody'"));
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNotTaken() throws IOException {
        write(ALICE);
        register();
        writeAt(BOB, clock.instant());
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        writeAt(BOB + "b,bob@contoso.example\n", clock.instant());
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        store.refresh();
        assertThat(mailbox()).contains("bob@contoso.example");
    }

    @Test
    void aChangeWithinTheSameTickOfTheFileSystemIsNoticed() throws IOException {
        Instant tick = clock.instant();
        writeAt(ALICE, tick);
        register();
        store.refresh();
        assertThat(mailbox()).contains("alice@contoso.example");
        Files.writeString(source, ALICE.replace("alice", "carol"));
        Files.setLastModifiedTime(source, FileTime.from(tick));
        store.refresh();
        assertThat(mailbox()).contains("carol@contoso.example");
    }

    @Test
    void filesAreReadableByTheArchiverOnly() throws IOException {
        write(ALICE);
        register();
        Path accepted = directory.resolve("data/mapping/wechat.accepted.csv");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(accepted)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(accepted.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void anIdThatIsNoneNeverBecomesAPath() {
        assertThatThrownBy(() -> store.register("../x", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
