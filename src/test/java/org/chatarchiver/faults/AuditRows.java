package org.chatarchiver.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.erdtman.jcs.JsonCanonicalizer;

/** The audit log, checked by its recipe without any of the archiver's own code. */
record AuditRows(List<Map<String, Object>> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param heads ends of the log that were written down elsewhere: number and hash, by where
     * @return a sentence for each entry that is wrong, doubled or not there
     */
    List<String> problems(Map<Path, Map.Entry<Long, String>> heads) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<Object, Object> hashes = new TreeMap<>();
        Set<Object> told = new HashSet<>();
        Object previous = "0".repeat(64);
        for (Map<String, Object> row : rows) {
            long seq = hashes.size() + 1L;
            if (!row.get("seq").equals(seq) || !row.get("previous").equals(previous)) {
                problems.add("the audit log has " + row + " where " + seq + " should be");
            }
            if (!row.get("hash").equals(hash(row))) {
                problems.add("the audit log's " + row + " has another hash");
            }
            Map<String, Object> what = new TreeMap<>(row);
            what.keySet().removeAll(List.of("seq", "previous", "hash"));
            if (!told.add(what)) {
                problems.add("the audit log has more than once " + what);
            }
            previous = row.get("hash");
            hashes.put(seq, previous);
        }
        heads.forEach((place, head) -> {
            if (!head.getValue().equals(hashes.get(head.getKey()))) {
                problems.add(place + " knows of another audit entry " + head.getKey());
            }
        });
        return problems;
    }

    private static String hash(Map<String, Object> row) throws IOException {
        Map<String, Object> members = new TreeMap<>(row);
        members.remove("hash");
        members.put("at", row.get("at").toString());
        members.put("detail", JSON.readTree((String) row.get("detail")));
        String text = new JsonCanonicalizer(JSON.writeValueAsString(members)).getEncodedString();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
