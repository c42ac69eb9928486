package org.chatarchiver.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/** A real file system of a few megabytes (tmpfs), to be filled and made read-only. Needs the right to mount; tests without it are left out. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** @throws TestAbortedException where this user may not mount */
    public static SmallDisk at(Path folder, String size) throws IOException {
        Files.createDirectories(folder);
        String refused = run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + size, "tmpfs", folder.toString());
        if (!refused.isEmpty()) {
            throw new TestAbortedException("No disk of " + size + " can be mounted: " + refused);
        }
        return new SmallDisk(folder);
    }

    public void resize(String size) throws IOException {
        remount("size=" + size);
    }

    public void readOnly(boolean wanted) throws IOException {
        remount(wanted ? "ro" : "rw");
    }

    /** It may be in use at the moment, as by a mapping file that is being kept. */
    private void remount(String options) {
        Awaitility.await("the mounting of " + folder)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(run("mount", "-o", "remount," + options, folder.toString()))
                        .isEmpty());
    }

    /** Takes all the space that is left; deleting the file gives it back. */
    public Path fill() throws IOException {
        Path filler = folder.resolve("filler");
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (folder.toFile().getUsableSpace() > 0) {
                out.write(block);
            }
        }
        return filler;
    }

    /** @throws org.awaitility.core.ConditionTimeoutException if it is still in use after half a minute, with what umount says of it */
    @Override
    public void close() {
        Awaitility.await("the unmounting of " + folder)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(run("umount", folder.toString())).isEmpty());
    }

    /** @return what the command complained of; empty if it did what it was told */
    private static String run(String... command) throws IOException {
        if (Program.find(command[0]).isEmpty()) {
            return command[0] + " is not installed";
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? "" : said.strip() + " ";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command[0], e);
        }
    }
}
