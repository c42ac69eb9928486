package org.chatarchiver.k8s;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What {@code k8s/Dockerfile} makes, step by step below a directory and with this JVM in the place of the base image's. Knows the
 * instructions that it uses, and no others.
 */
final class Image {
    private final Path root;
    private final Path jar;
    private final Map<String, Path> stages = new HashMap<>();
    private Path stage;
    private Path work;
    private String user = "";
    private List<String> entryPoint = List.of();

    /** @param jar what the pattern of the first stage stands for */
    Image(Path root, Path jar) throws IOException, InterruptedException {
        this.root = root;
        this.jar = jar;
        String text = Files.readString(Path.of("k8s/Dockerfile"))
                .replaceAll("(?m)^#.*\n", "")
                .replace("\\\n", " ");
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            String[] words = line.split(" +", 2);
            apply(words[0], words[1]);
        }
    }

    private void apply(String instruction, String value) throws IOException, InterruptedException {
        switch (instruction) {
            case "FROM" -> from(value.split(" +"));
            case "WORKDIR" -> work = Files.createDirectories(here(value));
            case "COPY" -> copy(value.split(" +"));
            case "RUN" -> run(value);
            case "USER" -> user = value;
            case "EXPOSE" -> {}
            case "ENTRYPOINT" -> entryPoint = new ObjectMapper().readValue(value, new TypeReference<>() {});
            default -> throw new IllegalStateException("Dockerfile: " + instruction + " is not imitated");
        }
    }

    private void from(String... words) throws IOException {
        stage = Files.createDirectories(root.resolve("stage" + stages.size()));
        stages.put(words.length == 3 ? words[2] : "last", stage);
        work = stage;
    }

    private Path here(String path) {
        return stage.resolve(path.substring(1));
    }

    private void copy(String... words) throws IOException {
        if (words[0].startsWith("--from=")) {
            Path from = stages.get(words[0].substring("--from=".length())).resolve(words[1].substring(1));
            FileSystemUtils.copyRecursively(from, work.resolve(words[2]).normalize());
            return;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + words[0]);
        try (Stream<Path> built = Files.list(Path.of(words[0]).getParent())) {
            if (built.noneMatch(matcher::matches)) {
                throw new IllegalStateException("Dockerfile: nothing is called " + words[0]);
            }
        }
        Files.copy(jar, work.resolve(words[1]));
    }

    /** Paths from the root on are below the stage; the program {@code java} is this one's. */
    private void run(String command) throws IOException, InterruptedException {
        Path log = root.resolve("build.log");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", moved(command))
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .merge("PATH", Path.of(System.getProperty("java.home"), "bin") + ":", (path, java) -> java + path);
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("Dockerfile: RUN " + command + " fails: " + Files.readString(log));
        }
    }

    private String moved(String text) {
        return text.replaceAll("(?<![\\w./:])/(?=[a-z])", stage + "/");
    }

    /** The program that the image starts, up to the program's own arguments. */
    List<String> entryPoint() {
        List<String> program = new ArrayList<>();
        for (String word : entryPoint) {
            program.add(moved(word.replace("=/", "= /")).replace("= ", "="));
        }
        program.set(
                0,
                Path.of(System.getProperty("java.home"), "bin", program.get(0)).toString());
        return program;
    }

    /** Number of the user that it runs as. */
    int user() {
        return Integer.parseInt(user.split(":")[0]);
    }
}
