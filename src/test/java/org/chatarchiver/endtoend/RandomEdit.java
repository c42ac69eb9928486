package org.chatarchiver.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Does to route files whatever people and their editors do to them; the same for the same seed. */
final class RandomEdit {
    private static final String[] SCHEDULES = {"0 0 0 1 1 ? 2099", "0 0 0 2 2 ? 2099", "0 30 3 3 3 ? 2098"};

    private final Path routes;
    private final Random random;
    private final Map<Path, String> originals = new LinkedHashMap<>();

    RandomEdit(Path routes, long seed) throws IOException {
        this.routes = routes;
        this.random = new Random(seed);
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList()) {
                originals.put(file, Files.readString(file, StandardCharsets.UTF_8));
            }
        }
    }

    /** @return what was done */
    String next() throws IOException {
        List<Path> files = new ArrayList<>(originals.keySet());
        Path file = files.get(random.nextInt(files.size()));
        String good = originals.get(file);
        String what = routes.relativize(file).toString();
        switch (random.nextInt(9)) {
            case 0 -> {
                write(file, good.replace("description: ", "description: Edited " + random.nextInt(100) + ". "));
                return what + " gets other descriptions";
            }
            case 1 -> {
                write(file, "# " + random.nextInt(100) + "\n" + good);
                return what + " gets a comment";
            }
            case 2 -> {
                write(file, good.replace(SCHEDULES[0], SCHEDULES[random.nextInt(SCHEDULES.length)]));
                return what + " gets a schedule";
            }
            case 3 -> {
                write(file, good.substring(0, random.nextInt(good.length())));
                return what + " is cut off";
            }
            case 4 -> {
                int at = random.nextInt(good.length());
                write(file, good.substring(0, at) + "x" + good.substring(at));
                return what + " has a letter more";
            }
            case 5 -> {
                int at = random.nextInt(good.length());
                write(file, good.substring(0, at) + good.substring(at + 1));
                return what + " has a letter less";
            }
            case 6 -> {
                Files.deleteIfExists(file);
                return what + " is deleted";
            }
            case 7 -> {
                Path made = Files.writeString(file.resolveSibling("4913"), good);
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return what + " is restored by renaming";
            }
            default -> {
                restore();
                return "all are restored";
            }
        }
    }

    void restore() throws IOException {
        for (Map.Entry<Path, String> file : originals.entrySet()) {
            if (!Files.exists(file.getKey()) || !Files.readString(file.getKey()).equals(file.getValue())) {
                write(file.getKey(), file.getValue());
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
