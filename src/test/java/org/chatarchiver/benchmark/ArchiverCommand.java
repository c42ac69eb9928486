package org.chatarchiver.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.chatarchiver.ChatArchiver;

/**
 * How the archiver's process is started.
 *
 * @param told the same in short, for whoever reads the figures
 * @param words the command, to which settings are added
 */
record ArchiverCommand(String told, List<String> words) {
    private static final Path TARGET = Path.of("target");
    private static final Path CLASSES = TARGET.resolve("classes");
    private static final String CLASSES_IN_JAR = "BOOT-INF/classes/";

    /**
     * As a user does: the newest jar in {@code target}, or the class path where there is none, with {@code -Xmx256m} and nothing else
     * unless the system property {@code benchmark.jvm} gives other flags.
     */
    static ArchiverCommand asUsersDo() throws IOException {
        String flags = System.getProperty("benchmark.jvm", "-Xmx256m").strip();
        Optional<Path> jar = newestJar();
        if (jar.isEmpty()) {
            ArchiverCommand command = onClassPath(flags);
            return new ArchiverCommand(
                    command.told() + ": there is no jar in target, which mvn package makes", command.words());
        }
        String told = "java " + flags + " -jar " + jar.get();
        return new ArchiverCommand(
                asBuilt(jar.get())
                        ? told
                        : told + ", WHICH IS NOT WHAT target/classes HOLDS: mvn package makes it anew",
                java(flags, "-jar", jar.get().toAbsolutePath().toString()));
    }

    /** By the classes that this process has, without those of the tests. */
    static ArchiverCommand onClassPath(String flags) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        return new ArchiverCommand(
                "java " + flags + " on the class path", java(flags, "-cp", classPath, ChatArchiver.class.getName()));
    }

    private static List<String> java(String flags, String... what) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(flags.split("\\s+")));
        words.addAll(List.of(what));
        return List.copyOf(words);
    }

    private static Optional<Path> newestJar() throws IOException {
        if (!Files.isDirectory(TARGET)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(TARGET)) {
            // A jar's time may be that of a reproducible build, the same for all.
            return files.filter(file -> file.getFileName().toString().matches("chat-archiver-[0-9][^/]*\\.jar"))
                    .max(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                            .thenComparing(Comparator.naturalOrder()));
        }
    }

    /** Whether the jar's own classes and files are those of the last compilation, as far as there is one. */
    private static boolean asBuilt(Path jar) throws IOException {
        if (!Files.isDirectory(CLASSES)) {
            return true;
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream()
                    .filter(one -> one.getName().startsWith(CLASSES_IN_JAR) && !one.isDirectory())
                    .toList()) {
                Path compiled = CLASSES.resolve(entry.getName().substring(CLASSES_IN_JAR.length()));
                if (!Files.isRegularFile(compiled) || crc(compiled) != entry.getCrc()) {
                    return false;
                }
            }
            return true;
        }
    }

    private static long crc(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                CheckedInputStream checked = new CheckedInputStream(in, new CRC32())) {
            checked.transferTo(OutputStream.nullOutputStream());
            return checked.getChecksum().getValue();
        }
    }
}
