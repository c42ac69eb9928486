package org.chatarchiver.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiverHomeTest {
    @Test
    void thePasswordsOfTheFeedAreTheirOwnersAloneSoThatAFirstStartWarnsOfNothing(@TempDir Path folder)
            throws IOException {
        Path secret = ArchiverHome.create(folder)
                .connector("wechat", "0 * * * * ?", "", "feed-secret")
                .data()
                .resolve("secrets/wechat/password");

        assertThat(Files.readString(secret)).isEqualTo("feed-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.getParent())))
                .isEqualTo("rwx------");
    }
}
