package org.chatarchiver.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** An installed command. */
public final class Program {
    private Program() {}

    /** The command's file on the PATH or in {@code /usr/sbin}, if installed. */
    public static Optional<Path> find(String name) {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
