package org.chatarchiver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The volumes of a rendered pod below a directory, mounted as the kubelet does it: what a ConfigMap or a Secret holds lies in a dated
 * directory, to which {@code ..data} leads and through which each name is a link. Paths in settings are those below the directory.
 */
final class PodFiles {
    private static final List<String> MOUNTED = List.of("/srv/archiver", "/etc/chat-archiver");

    private final Path root;
    private final Manifests manifests;
    private final Map<String, Map<String, String>> secrets;
    private int exchanges;

    /** @param secrets what is in those of them that are there, by name */
    PodFiles(Path root, Manifests manifests, Map<String, Map<String, String>> secrets) throws IOException {
        this.root = root;
        this.manifests = manifests;
        this.secrets = secrets;
        Map<String, JsonNode> volumes = new LinkedHashMap<>();
        manifests
                .pod()
                .path("volumes")
                .forEach(volume -> volumes.put(volume.path("name").asText(), volume));
        List<JsonNode> mounts = new ArrayList<>();
        manifests.container().path("volumeMounts").forEach(mounts::add);
        mounts.sort(Comparator.comparing(mount -> mount.path("mountPath").asText()));
        for (JsonNode mount : mounts) {
            mount(
                    at(mount.path("mountPath").asText()),
                    volumes.get(mount.path("name").asText()));
        }
    }

    /** Where a path of the pod is. */
    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** A text with the pod's paths, as it is to be read here. */
    String here(String text) {
        String moved = text;
        for (String path : MOUNTED) {
            moved = moved.replace(path, root + path);
        }
        return moved;
    }

    private void mount(Path target, JsonNode volume) throws IOException {
        Files.createDirectories(target);
        if (volume.has("configMap")) {
            Map<String, String> texts = new TreeMap<>();
            manifests
                    .configMap(volume.at("/configMap/name").asText())
                    .fields()
                    .forEachRemaining(entry ->
                            texts.put(entry.getKey(), here(entry.getValue().asText())));
            exchange(target, texts, "rw-r--r--");
        } else if (volume.has("secret")) {
            Map<String, String> texts =
                    secrets.get(volume.at("/secret/secretName").asText());
            if (texts != null) {
                exchange(target, texts, mode(volume.at("/secret/defaultMode").asInt()));
            } else if (!volume.at("/secret/optional").asBoolean()) {
                throw new IOException("The pod would not start without the Secret of " + volume);
            }
        }
    }

    private static String mode(int bits) {
        StringBuilder mode = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            mode.append((bits >> bit & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
        }
        return mode.toString();
    }

    /** What a ConfigMap holds now in the place of what it held. */
    void exchange(String mountPath, Map<String, String> texts) throws IOException {
        exchange(at(mountPath), texts, "rw-r--r--");
    }

    private void exchange(Path target, Map<String, String> texts, String mode) throws IOException {
        Path dated = Files.createDirectory(target.resolve("..2026_11_30_" + exchanges++));
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file =
                    Files.write(dated.resolve(text.getKey()), text.getValue().getBytes(StandardCharsets.UTF_8));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            // A mapping file counts once it has been left alone for a while.
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
            Path link = target.resolve(text.getKey());
            if (Files.notExists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of("..data", text.getKey()));
            }
        }
        Path made = Files.createSymbolicLink(target.resolve("..data_tmp"), dated.getFileName());
        Files.move(made, target.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The environment of the container. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        manifests
                .container()
                .path("env")
                .forEach(one -> environment.put(
                        one.path("name").asText(), here(one.path("value").asText())));
        return environment;
    }

    /** Directories that the container may write to. */
    List<Path> writable() {
        List<Path> all = new ArrayList<>();
        manifests.container().path("volumeMounts").forEach(mount -> {
            if (!mount.path("readOnly").asBoolean()) {
                all.add(at(mount.path("mountPath").asText()));
            }
        });
        return all;
    }

    /** Everything there is outside of the directories that may be written to. */
    List<String> rest() throws IOException {
        List<Path> writable = writable();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> writable.stream().noneMatch(file::startsWith))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
