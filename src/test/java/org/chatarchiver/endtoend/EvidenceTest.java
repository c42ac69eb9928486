package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chatarchiver.evidence.EvidenceCommand;
import org.chatarchiver.ledger.RunReport;
import org.chatarchiver.message.Sha256;
import org.chatarchiver.servers.RequiresProgram;
import org.junit.jupiter.api.Test;

/** The evidence of a day, checked by somebody who has nothing but the file, Python and sha256sum. */
@RequiresProgram({"python3", "sha256sum"})
class EvidenceTest extends CollectionBed {
    private static final String TEXT = "meet me at the old bridge";

    @Test
    void aStrangerChecksAllOfItAndSeesWhatWasAltered() throws Exception {
        for (int number = 1; number <= 5; number++) {
            day.message("WECHAT", "m" + number, TEXT);
        }
        day.feed.add(
                "WECHAT",
                start.minusSeconds(600),
                ("{\"messageId\":\"lost\",\"messageContext\":\"app-message\",\"messageTime\":" + day.received()
                                + ",\"direction\":\"Out\",\"msisdn\":\"+447700900999\",\"textContent\":\"" + TEXT
                                + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
        RunReport run = day.run(archiver, "wechat");
        ApiClient api = new ApiClient(archiver);
        assertThat(api.post(
                                "/api/audit/remarks",
                                "application/json",
                                "{\"subject\":\"" + run.run().id() + "\",\"remark\":\"Seen “and” noted\"}")
                        .statusCode())
                .isEqualTo(201);

        EvidenceFiles files = exported();

        assertThat(Files.readAllLines(files.resolve("items.csv")))
                .hasSize(7)
                .filteredOn(line -> line.contains(",m3,"))
                .singleElement()
                .asString()
                .startsWith(run.run().id() + ",")
                .contains(",'+447700900101,ann@example.com,,<", "@chat-archiver.invalid>,", ",imported,,MAPPING_FILE");
        assertThat(Files.readString(files.resolve("items.csv"))).contains(",lost,", ",failed,NO_MAPPING,");
        assertThat(Files.readString(files.resolve("audit.jsonl"))).contains("Seen “and” noted", "EVIDENCE_EXPORTED");
        assertThat(Files.readString(files.resolve("heads.jsonl")))
                .contains("the manifest of run " + run.run().id());
        for (String name : files.names()) {
            assertThat(Files.readString(files.resolve(name))).as(name).doesNotContain(TEXT);
        }
        assertThat(files.run("sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"))
                .isEmpty();
        String audit = api.get("/api/audit?action=EVIDENCE_EXPORTED").body();
        assertThat(audit).contains("\"state\":\"BEGUN\"", "\"state\":\"WRITTEN\"");
        assertThat(audit).contains(Sha256.of(Files.readString(files.resolve("SHA256SUMS"))));

        Path landing = landing();
        assertThat(files.check(landing)).matches("All of it agrees: \\d+ entries, 6 items\\.\n");

        altered(files, "items.csv", ",imported,", ",failed,", "counts 5 imported, and has 4 lines");
        altered(files, "audit.jsonl", "\"imported\":2", "\"imported\":3", "is not as it was written");
        altered(files, "heads.jsonl", "\"hash\":\"", "\"hash\":\"0", "is not the one that the manifest of run");
        altered(files, "pages.sha256", "^.", "", "has not the digest that the audit log has");
        altered(files, "reports.jsonl", "\"imported\":5", "\"imported\":6", "counts 6 imported, and has 5 lines");
        Path log = files.resolve("audit.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        lines.remove(2);
        Files.write(log, lines);
        assertThat(files.check(landing)).contains("does not follow the one before");
        assertThat(files.run("sha256sum", "-c", "--quiet", "SHA256SUMS")).contains("audit.jsonl: FAILED");

        Path page;
        try (var all = Files.walk(landing)) {
            page = all.filter(path -> path.endsWith("1.json.gz")).findFirst().orElseThrow();
        }
        Path other = page.resolveSibling("2.json.gz");
        byte[] kept = Files.readAllBytes(page);
        Files.write(page, Files.readAllBytes(other));
        assertThat(files.check(landing)).contains("is not as it came from the source");
        Files.write(page, kept);
    }

    @Test
    void whatCannotBeAskedIsRefused() throws Exception {
        ApiClient api = new ApiClient(archiver);
        assertThat(api.get("/api/evidence?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.get("/api/evidence?from=2026-01-02T00:00:00Z").statusCode())
                .isEqualTo(400);
        assertThat(api.post("/api/audit/remarks", "application/json", "{\"subject\":\"x\",\"remark\":\"\"}")
                        .body())
                .contains("The field remark has 0 characters");
        assertThat(api.post("/api/audit/remarks", "application/json", "{\"remark\":\"x\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.delete("/api/audit/remarks").statusCode()).isEqualTo(405);
    }

    private EvidenceFiles exported() throws Exception {
        Path file = folder.resolve("evidence.zip");
        Path password = Files.writeString(
                folder.resolve("password"), archiver.admin().read().value().orElseThrow() + "\n");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = EvidenceCommand.run(
                new String[] {
                    "evidence",
                    "--from",
                    start.minus(HOUR).toString(),
                    "--to=" + start.plus(HOUR),
                    "--out",
                    file.toString(),
                    "--url",
                    "http://127.0.0.1:" + archiver.port(),
                    "--password-file",
                    password.toString()
                },
                new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(EvidenceCommand.run(
                        new String[] {"evidence", "--from", "today"},
                        new PrintStream(said, true, StandardCharsets.UTF_8)))
                .isEqualTo(2);
        assertThat(EvidenceCommand.run(
                        new String[] {
                            "evidence",
                            "--from",
                            "2026-11-02",
                            "--to",
                            "2026-11-01",
                            "--out",
                            folder.resolve("none.zip").toString(),
                            "--url",
                            "http://127.0.0.1:" + archiver.port(),
                            "--password-file",
                            password.toString()
                        },
                        new PrintStream(said, true, StandardCharsets.UTF_8)))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Usage: evidence", "refuses it with 400");
        assertThat(folder.resolve("none.zip")).doesNotExist();
        try (InputStream zip = Files.newInputStream(file)) {
            return EvidenceFiles.unpack(zip, folder.resolve("evidence"));
        }
    }

    private Path landing() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(path -> path.endsWith("landing") && Files.isDirectory(path.resolve("wechat")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Somebody alters the first such place of a file; put back afterwards. */
    private void altered(EvidenceFiles files, String name, String old, String other, String said) throws Exception {
        Path file = files.resolve(name);
        String kept = Files.readString(file);
        String text = old.startsWith("^") ? "0" + kept.substring(1) : kept.replaceFirst(old, other);
        if (text.equals(kept)) {
            text = "1" + kept.substring(1);
        }
        Files.writeString(file, text);
        assertThat(files.check(landing())).as(name).contains(said);
        Files.writeString(file, kept);
    }
}
