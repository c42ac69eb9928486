package org.chatarchiver.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.chatarchiver.ledger.MappingVersion;
import org.chatarchiver.ledger.MappingVersion.Origin;
import org.chatarchiver.ledger.MappingVersion.Rows;
import org.chatarchiver.ledger.MappingVersion.State;
import org.junit.jupiter.api.Test;

/** Several archivers with one ledger and one landing zone: what is given to one counts for all, and a file of old for nobody. */
class MappingVersionsOfFilesTest extends MappingStoreFixture {
    private static final String CAROL = HEADER + "a,carol@contoso.example\n";

    @Test
    void whatIsSentToOneCountsAtTheOthersOnceTheyLook() throws IOException {
        write(ALICE);
        register();
        MappingStore other = other();

        store.replace("wechat", stream(BOB), "ada");

        assertThat(mailbox(other)).isEqualTo("alice@contoso.example");
        other.refresh();
        assertThat(mailbox(other)).isEqualTo("bob@contoso.example");
        assertThat(versions())
                .extracting(MappingVersion::number, MappingVersion::by, MappingVersion::origin, MappingVersion::state)
                .containsExactly(
                        tuple(2L, "ada", Origin.UPLOAD, State.IN_FORCE),
                        tuple(1L, "file (archiver data)", Origin.FILE, State.REPLACED));
    }

    @Test
    void aPageThatIsTakenUpMeetsTheVersionThatIsInForceByThen() throws IOException {
        write(ALICE);
        register();
        MappingStore other = other();
        store.replace("wechat", stream(BOB), "ada");

        assertThat(other.latest("wechat")).isSameAs(other.current("wechat"));
        assertThat(mailbox(other)).isEqualTo("bob@contoso.example");
    }

    @Test
    void eachVersionTellsHowItDiffersFromTheOneBefore() throws IOException {
        write(HEADER + "a,a@x.example\nb,b@x.example\nc,c@x.example\n");
        register();
        store.replace("wechat", stream(HEADER + "b,b@x.example\nc,other@x.example\nd,d@x.example\n"), "ada");
        String days = "External User ID,Microsoft 365 User Mailbox,Valid From,Valid To\n";
        store.replace(
                "wechat",
                stream(days + "b,b@x.example,,2026-01-01\nb,new@x.example,2026-01-02,\nc,other@x.example,,\n"
                        + "d,d@x.example,,\n"),
                "ada");

        assertThat(versions())
                .extracting(MappingVersion::rows)
                .containsExactly(new Rows(4, 1, 1, 0), new Rows(3, 1, 1, 1), new Rows(3, 3, 0, 0));
    }

    @Test
    void eachVersionIsKeptWholeAlsoOneThatIsRefused() throws IOException {
        write(ALICE);
        register();
        store.replace("wechat", stream(BAD), "ada");
        store.replace("wechat", stream(BOB), "ada");

        assertThat(versions())
                .extracting(MappingVersion::state)
                .containsExactly(State.IN_FORCE, State.REFUSED, State.REPLACED);
        assertThat(versions().stream().map(this::text)).containsExactly(BOB, BAD, ALICE);
        assertThat(versions().get(1).refused()).startsWith("Line 2: ");
        assertThat(mailbox(store)).isEqualTo("bob@contoso.example");
    }

    @Test
    void anArchiverThatStartsBesideAnOldFileGoesByTheNewerVersion() throws IOException {
        write(ALICE);
        register();
        Path theirs = ownFile(ALICE);
        MappingStore other = store("other");
        other.register("wechat", "file:" + theirs);
        store.replace("wechat", stream(BOB), "ada");

        for (String data : List.of("other", "new")) {
            MappingStore restarted = store(data);
            restarted.register("wechat", "file:" + theirs);
            restarted.refresh();
            assertThat(mailbox(restarted)).as(data).isEqualTo("bob@contoso.example");
            assertThat(restarted.problems("wechat")).isEmpty();
        }
        assertThat(events).filteredOn(event -> event.startsWith("passed")).contains("passed over wechat 1");
        assertThat(versions()).hasSize(2);
    }

    @Test
    void aFileThatIsChangedCountsAgainAlsoBackToWhatItWas() throws IOException {
        write(ALICE);
        register();
        write(BOB);
        store.refresh();
        write(ALICE);
        store.refresh();
        assertThat(mailbox(store)).isEqualTo("alice@contoso.example");
        store.replace("wechat", stream(CAROL), "ada");
        write(BOB);
        store = store();
        register();

        assertThat(mailbox(store)).isEqualTo("bob@contoso.example");
        assertThat(versions()).hasSize(5);
    }

    @Test
    void aFileThatReachesTheDisksOneAfterTheOtherIsTakenOnceAndDoesNotUndoWhatWasSentMeanwhile() throws IOException {
        write(ALICE);
        register();
        // As where it is mounted: nobody writes it but the cluster.
        Path theirs = ownFile(ALICE);
        MappingStore other = store("other");
        other.register("wechat", "file:" + theirs);
        write(BOB);
        store.refresh();
        other.refresh();
        MappingStore third = store("third");
        third.register("wechat", "file:" + unwritable());
        third.replace("wechat", stream(CAROL), "ada");

        Files.copy(source, theirs, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        other.refresh();
        store.refresh();

        assertThat(mailbox(other)).isEqualTo("carol@contoso.example");
        assertThat(mailbox(store)).isEqualTo("carol@contoso.example");
        assertThat(versions()).hasSize(3);
    }

    @Test
    void aBadFileOnSeveralDisksIsOneVersionAndToldAtEachUntilAnotherIsInForce() throws IOException {
        write(ALICE);
        register();
        MappingStore other = other();
        write(BAD);
        store.refresh();
        other.refresh();
        assertThat(store.problems("wechat")).isPresent();
        assertThat(other.problems("wechat")).isPresent();
        assertThat(versions()).extracting(MappingVersion::state).containsExactly(State.REFUSED, State.IN_FORCE);

        MappingStore third = store("third");
        third.register("wechat", "file:" + unwritable());
        third.replace("wechat", stream(BOB), "ada");
        store.refresh();
        assertThat(store.problems("wechat")).isEmpty();
        store = store();
        register();
        assertThat(store.problems("wechat")).as("it is of old").isEmpty();
        assertThat(versions()).hasSize(3);
    }

    @Test
    void whatIsSentNeedsNoFileAndCountsWhereTheFileCannotBeWritten() throws IOException {
        store.register("wechat", "file:" + unwritable());
        assertThat(store.problems("wechat")).isPresent();
        assertThat(store.replace("wechat", stream(BOB), "ada")).isInstanceOf(Parsed.Accepted.class);
        store.refresh();

        assertThat(mailbox(store)).isEqualTo("bob@contoso.example");
        assertThat(store.problems("wechat")).isEmpty();
        assertThat(unwritable()).doesNotExist();
    }

    @Test
    void anArchiverThatKeptNoVersionsBeforeStartsWithTheFileThatItUsed() throws IOException {
        Path accepted = directory.resolve("data/mapping/wechat.accepted.csv");
        Files.createDirectories(accepted.getParent());
        Files.writeString(accepted, ALICE);
        write(BAD);
        register();

        assertThat(mailbox(store)).isEqualTo("alice@contoso.example");
        assertThat(problem()).startsWith("Line 2:");
        assertThat(versions())
                .extracting(MappingVersion::number, MappingVersion::state)
                .containsExactly(tuple(2L, State.REFUSED), tuple(1L, State.IN_FORCE));
    }

    @Test
    void anEarlierVersionIsRestoredAsANewOne() throws IOException {
        write(ALICE);
        register();
        store.replace("wechat", stream(BOB), "ada");

        assertThat(store.restore(ledger.find("wechat", 1).orElseThrow(), "eve")).isInstanceOf(Parsed.Accepted.class);

        assertThat(mailbox(store)).isEqualTo("alice@contoso.example");
        assertThat(source).hasContent(ALICE);
        assertThat(versions().get(0)).satisfies(version -> {
            assertThat(version.number()).isEqualTo(3);
            assertThat(version.origin()).isEqualTo(Origin.RESTORED);
            assertThat(version.by()).isEqualTo("eve");
            assertThat(version.path()).isEqualTo(versions().get(2).path());
        });
    }

    @Test
    void theSameFileSentAgainIsNoOtherVersion() throws IOException {
        write(ALICE);
        register();
        store.replace("wechat", stream(ALICE), "ada");
        assertThat(versions()).hasSize(1);
    }

    @Test
    void whatCannotBeKeptDoesNotCount() throws IOException {
        write(ALICE);
        register();
        archive.out = true;
        assertThatThrownBy(() -> store.replace("wechat", stream(BOB), "ada")).isInstanceOf(IOException.class);
        assertThat(mailbox(store)).isEqualTo("alice@contoso.example");
        assertThat(versions()).hasSize(1);

        assertThat(store.replace("wechat", stream(BAD), "ada")).isInstanceOf(Parsed.Rejected.class);
    }

    @Test
    void bytesThatLandedWithoutARowAreNobodysVersionAndAreMetAgain() throws IOException {
        write(ALICE);
        register();
        Path killed = directory.resolve("killed.csv");
        Files.writeString(killed, BOB);
        archive.keep("wechat", MappingFiles.digest(killed), killed);

        store.refresh();
        assertThat(mailbox(store)).isEqualTo("alice@contoso.example");
        store.replace("wechat", stream(BOB), "ada");
        assertThat(mailbox(store)).isEqualTo("bob@contoso.example");
        assertThat(archive.files).hasSize(2);
    }

    @Test
    void aVersionThatCannotBeFetchedIsToldAndTakenOnceItCan() throws IOException {
        write(ALICE);
        register();
        MappingStore other = other();
        store.replace("wechat", stream(BOB), "ada");
        archive.out = true;
        other.refresh();
        assertThat(mailbox(other)).isEqualTo("alice@contoso.example");
        assertThat(other.problems("wechat").orElseThrow().toString())
                .startsWith("Version 2, which is in force, cannot be read: ");

        archive.out = false;
        other.refresh();
        assertThat(mailbox(other)).isEqualTo("bob@contoso.example");
        assertThat(other.problems("wechat")).isEmpty();
    }

    @Test
    void aStartNeedsNoArchiveForWhatIsHereAlready() throws IOException {
        write(ALICE);
        register();
        archive.out = true;
        store = store();
        register();
        assertThat(mailbox(store)).isEqualTo("alice@contoso.example");
    }

    @Test
    void aConnectorThatComesLaterFindsWhatWasPlacedForIt() throws IOException {
        store.place("signal", "file:" + source, stream(ALICE), "ada");
        assertThat(source).hasContent(ALICE);
        MappingStore other = store("other");
        other.register("signal", "file:" + directory.resolve("other.csv"));

        assertThat(other.current("signal")).isInstanceOf(Mappings.Current.InUse.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(source)))
                .isEqualTo("rw-------");
    }

    /** Another archiver, with a file of its own that is the same. */
    private MappingStore other() throws IOException {
        MappingStore other = store("other");
        other.register("wechat", "file:" + source);
        return other;
    }

    /** A file that is not there, and cannot be put there, as where it is mounted. */
    private Path unwritable() throws IOException {
        Files.createDirectories(directory.resolve("mounted/.wechat.csv.new/taken"));
        return directory.resolve("mounted/wechat.csv");
    }

    private Path ownFile(String csv) throws IOException {
        clock.pass(Duration.ofMinutes(2));
        Path file = directory.resolve("theirs.csv");
        Files.writeString(file, csv);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minusSeconds(60)));
        return file;
    }

    private List<MappingVersion> versions() {
        return ledger.list("wechat", Long.MAX_VALUE, 100);
    }

    private String text(MappingVersion version) {
        try {
            return new String(store.open(version).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mailbox(MappingStore of) {
        return ((Mappings.Current.InUse) of.current("wechat"))
                .file()
                .lookup("a", clock.instant())
                .map(MappingFile.Match::mailbox)
                .orElseThrow();
    }
}
