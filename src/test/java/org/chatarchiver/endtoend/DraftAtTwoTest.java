package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.chatarchiver.endtoend.SetupBed.Person;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector that is added at two archivers with one ledger, step by step at whichever is asked. */
class DraftAtTwoTest {
    @TempDir
    Path folder;

    @Test
    void whatIsBegunAtOneIsGoneOnWithAtTheOtherWhichAsksAgainForWhatIsKeptNowhere() throws Exception {
        AtomicReference<RunningArchiver.Settings> settings = new AtomicReference<>();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                SetupBed bed = new SetupBed(folder, some -> {
                    settings.set(some.on(postgres));
                    return some;
                })) {
            ArchiverHome second = ArchiverHome.create(folder.resolve("second"))
                    .landingWith(bed.archiver().home());
            try (RunningArchiver other = settings.get()
                    .set("archiver.routes", second.routes())
                    .set("archiver.data", second.data())
                    .start()) {
                Person begun = bed.begun("signal");
                Person there = Person.goesOn(bed.admin().at(other.port()), begun);

                assertThat(there.page("review"))
                        .contains(
                                "The password is kept for an hour only, and nowhere on disk before the end; give it again.")
                        .doesNotContain("You have not accepted the terms");
                assertThat(there.logIn(SetupBed.USER, SetupBed.SECRET)).contains("takes the log-in");
                there.upload(TestBed.MAPPING);
                there.choose("file", "true");
                assertThat(there.finish("signal", "Signal of Two", "0 0 0 1 1 ? 2099"))
                        .contains("To be committed", "Another archiver works with this ledger");

                assertThat(begun.page("done")).contains("To be committed", "Signal of Two");
            }
        }
    }
}
