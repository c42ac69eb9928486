package org.chatarchiver.servers;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.chatarchiver.ChatArchiver;

/**
 * How JVMs of tests that are started by the dozen come by their classes: with {@code -Dclass-data=true} out of a class-data archive (JEP
 * 350), which takes a quarter less of a processor than loading them; without, or where none can be made, by the class path as it is. The
 * archive is made once for all processes of a build, and anew where a class has changed.
 */
public final class ClassData {
    private static final Path FOLDER = Path.of("target", "class-data");
    private static final List<String> NONE = List.of("-cp", classPath());

    private static List<String> flags;

    private ClassData() {}

    /** Flags of {@code java}: the class path of this JVM, tests' classes too, and the archive that belongs to it. */
    public static synchronized List<String> flags() {
        if (flags == null) {
            flags = Boolean.getBoolean("class-data") ? archived() : NONE;
        }
        return flags;
    }

    private static String classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> archived() {
        try {
            List<Path> folders = Stream.of(classPath().split(File.pathSeparator))
                    .map(Path::of)
                    .filter(Files::isDirectory)
                    .toList();
            Path home = Files.createDirectories(FOLDER.resolve(state(folders)).toAbsolutePath());
            try (FileChannel channel = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return archived(home, folders);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JVM shares classes of jars only. */
    private static List<String> archived(Path home, List<Path> folders) throws IOException {
        Map<Path, Path> jars = folders.stream()
                .collect(Collectors.toMap(folder -> folder, folder -> home.resolve(folder.getFileName() + ".jar")));
        String path = Arrays.stream(classPath().split(File.pathSeparator))
                .map(entry -> jars.getOrDefault(Path.of(entry), Path.of(entry)).toString())
                .collect(Collectors.joining(File.pathSeparator));
        Path archive = home.resolve("archive.jsa");
        Path failed = home.resolve("output");
        if (Files.notExists(archive) && Files.notExists(failed)) {
            for (Path folder : folders) {
                jar(folder, jars.get(folder));
            }
            train(path, home, archive, failed);
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive, "-cp", path) : NONE;
    }

    private static void jar(Path folder, Path jar) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(out, out, "--create", "--no-compress", "--file", jar.toString(), "-C", folder.toString(), ".");
        if (status != 0) {
            throw new IllegalStateException("No jar of " + folder + ": " + said);
        }
    }

    /** An archiver that ends by itself once it has started. */
    private static void train(String path, Path home, Path archive, Path output) throws IOException {
        Path made = home.resolve("made.jsa");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ArchiveClassesAtExit=" + made,
                "-cp",
                path,
                ChatArchiver.class.getName(),
                "--server.port=0",
                "--archiver.data=" + home.resolve("data"),
                "--archiver.routes=" + Path.of("routes").toAbsolutePath(),
                "--archiver.telemessage.base-url=https://127.0.0.1:9",
                "--camel.main.duration-max-seconds=1"));
        Process training = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!training.waitFor(3, TimeUnit.MINUTES)) {
                training.destroyForcibly().waitFor();
            } else if (training.exitValue() == 0 && Files.exists(made)) {
                Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (InterruptedException e) {
            training.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while an archive of classes was made", e);
        }
    }

    private static String state(List<Path> folders) throws IOException {
        CRC32 sum = new CRC32();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    String line = file + " " + Files.size(file) + " "
                            + Files.getLastModifiedTime(file).toMillis();
                    sum.update(line.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
