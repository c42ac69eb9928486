package org.chatarchiver.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryLandingTest extends LandingContract {

    @Override
    LandingContext open(Path data) throws Exception {
        return LandingContext.directory(data);
    }

    @Override
    List<String> connection() {
        return List.of();
    }

    @Override
    void overwrite(String path, byte[] bytes) throws IOException {
        Files.write(file(path), bytes);
    }

    @Override
    byte[] stored(String path) throws IOException {
        return Files.readAllBytes(file(path));
    }

    @Test
    void onlyTheArchiverMayReadWhatLanded() throws Exception {
        Landed landed = land(run().page(1), "secret");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(landed.path()))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file(landed.path()).getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatCannotBeWrittenGivesAnErrorThatNamesIt() throws Exception {
        LandingPath run = run();
        Files.createDirectories(data.resolve("landing"));
        Files.writeString(data.resolve("landing/wechat"), "a file where a folder should be");

        assertThatThrownBy(() -> land(run.page(1), "page"))
                .isInstanceOf(LandingException.class)
                .hasMessageContainingAll(
                        "cannot write", data.resolve("landing/wechat").toString(), "check owner");
    }

    @Test
    void aReadOnlyDirectoryGivesAnErrorThatNamesIt() throws Exception {
        Path landing = Files.createDirectories(data.resolve("landing"));
        Files.setPosixFilePermissions(landing, PosixFilePermissions.fromString("r-x------"));
        assumeThat(Files.isWritable(landing)).as("modes bind this user").isFalse();

        assertThatThrownBy(() -> land(run().page(1), "page"))
                .isInstanceOf(LandingException.class)
                .hasMessageContainingAll("cannot write", landing.toString());
    }

    private Path file(String path) {
        return data.resolve("landing").resolve(path);
    }
}
