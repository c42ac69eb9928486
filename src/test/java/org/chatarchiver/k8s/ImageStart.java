package org.chatarchiver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.servers.Program;

/** What starts an image: where the tests are root's, as its user, who may write nothing but the volumes. */
final class ImageStart {
    private final Image image;

    ImageStart(Image image) {
        this.image = image;
    }

    /** What starts it, up to its own arguments. @param folder holds the files */
    List<String> program(PodFiles files, Path folder) throws IOException {
        List<String> program = new ArrayList<>();
        if (isRoot()) {
            String user = Integer.toString(image.user());
            run("chgrp", "-R", user, files.at("/").toString());
            for (Path writable : files.writable()) {
                // As fsGroup makes a volume that is the node's root's; a Secret's mount below is root's alone.
                run("chmod", "2775", writable.toString());
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            program.addAll(List.of(
                    Program.find("setpriv").orElseThrow().toString(),
                    "--reuid=" + user,
                    "--regid=" + user,
                    "--clear-groups",
                    "--no-new-privs",
                    "--bounding-set=-all",
                    "--inh-caps=-all"));
        }
        program.addAll(image.entryPoint());
        return program;
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static void run(String... command) {
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .as(String.join(" ", command))
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
