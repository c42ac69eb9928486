package org.chatarchiver.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The landing directory, held against the ledger and the manifests without any of the archiver's own code. */
record LandingFiles(Path root) {

    /**
     * @param ledger SHA-256 of the pages, by path
     * @return a sentence for each difference
     */
    List<String> compare(Map<String, String> ledger) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> page : ledger.entrySet()) {
            Path file = root.resolve(page.getKey());
            if (!Files.isRegularFile(file)) {
                problems.add("the page " + page.getKey() + " of the ledger is not landed");
            } else if (!sha256(file).equals(page.getValue())) {
                problems.add("the page " + page.getKey() + " has other bytes than the ledger says");
            }
        }
        for (Path manifest : files("manifest.json")) {
            for (JsonNode page : new ObjectMapper().readTree(manifest.toFile()).path("pages")) {
                String path = page.path("path").asText();
                if (!page.path("sha256").asText().equals(ledger.get(path))) {
                    problems.add(manifest + " has another digest for " + path + " than the ledger");
                }
            }
        }
        return problems;
    }

    /** The ends of the audit log that the manifests have: SHA-256 by number, of each run. */
    Map<Path, Map.Entry<Long, String>> heads() throws IOException {
        Map<Path, Map.Entry<Long, String>> heads = new TreeMap<>();
        for (Path manifest : files("manifest.json")) {
            JsonNode head = new ObjectMapper().readTree(manifest.toFile()).path("audit");
            heads.put(
                    manifest,
                    Map.entry(head.path("seq").asLong(), head.path("hash").asText()));
        }
        return heads;
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.getFileName().toString().equals(name))
                    .toList();
        }
    }

    private static String sha256(Path gzip) throws IOException {
        try (InputStream plain = new GZIPInputStream(Files.newInputStream(gzip))) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain.readAllBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
