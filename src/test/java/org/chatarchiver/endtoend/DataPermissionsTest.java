package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.chatarchiver.sandbox.ArchiverHome;
import org.chatarchiver.sandbox.FeedSimulator;
import org.chatarchiver.sandbox.RunningArchiver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPermissionsTest {
    @TempDir
    Path folder;

    @Test
    void whatTheArchiverMakesIsForItsUserOnly() throws Exception {
        ArchiverHome home = ArchiverHome.create(folder.resolve("home"));
        try (FeedSimulator feed = new FeedSimulator();
                RunningArchiver archiver = new RunningArchiver.Settings(home, feed)
                        .set("archiver.exchange.imap.auth", "plain")
                        .set("archiver.exchange.imap.username", "archiver")
                        .set("archiver.exchange.imap.password", "unused")
                        .start()) {
            assertThat(archiver.port()).isPositive();
            List<String> open;
            try (Stream<Path> all = Files.walk(home.data())) {
                open = all.filter(DataPermissionsTest::isOpenToOthers)
                        .map(Path::toString)
                        .toList();
            }
            assertThat(open).isEmpty();
        }
    }

    private static boolean isOpenToOthers(Path path) {
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
            return !mode.endsWith("------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
