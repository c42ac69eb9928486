package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Evidence as somebody has it who was given it: the files, and the program of its README as {@code check.py}. */
record EvidenceFiles(Path folder) {
    private static final int THIRTY = 30;

    /** @param folder that is made for them */
    static EvidenceFiles unpack(InputStream file, Path folder) throws IOException {
        Files.createDirectory(folder);
        try (ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
            }
        }
        String readme = Files.readString(folder.resolve("README.md"));
        int begin = readme.indexOf("```python\n") + "```python\n".length();
        String program = readme.substring(begin, readme.indexOf("```", begin));
        assertThat(program.lines().count())
                .as("lines of a program that is to be read")
                .isLessThanOrEqualTo(THIRTY);
        Files.writeString(folder.resolve("check.py"), program);
        return new EvidenceFiles(folder);
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList();
        }
    }

    /**
     * What the program says.
     *
     * @param landing a copy of the landing zone, or nothing
     */
    String check(Path... landing) throws Exception {
        return run(Stream.concat(
                        Stream.of("python3", "check.py"), Stream.of(landing).map(Path::toString))
                .toArray(String[]::new));
    }

    String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }
}
