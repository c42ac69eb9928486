package org.chatarchiver.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code java -jar chat-archiver.jar evidence --from --to --out}: fetches the evidence of a time from an archiver that runs, under a name
 * that its audit log tells. The file is there once it is whole.
 */
public final class EvidenceCommand {
    public static final String NAME = "evidence";

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final Set<String> OPTIONS = Set.of("from", "to", "out", "url", "user", "password-file");
    private static final int LONGEST_ANSWER = 2_000;
    private static final int OK = 200;

    private EvidenceCommand() {}

    /**
     * @param arguments as of the process, with the name of the command
     * @return the exit code
     */
    public static int run(String[] arguments, PrintStream out) {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] parts = arguments[i].replaceFirst("^--", "").split("=", 2);
            boolean apart = parts.length == 1;
            if (!OPTIONS.contains(parts[0]) || apart && i + 1 == arguments.length) {
                return usage(out);
            }
            options.put(parts[0], apart ? arguments[++i] : parts[1]);
        }
        try {
            Instant from = time(options.get("from"));
            Instant to = time(options.get("to"));
            return options.containsKey("out") ? fetch(from, to, options, out) : usage(out);
        } catch (DateTimeException | NullPointerException e) {
            return usage(out);
        } catch (IOException | IllegalArgumentException e) {
            out.println("The evidence cannot be fetched: " + e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int usage(PrintStream out) {
        out.println("Usage: " + NAME + " --from=2026-11-01 --to=2026-12-01 --out=evidence.zip");
        out.println("  [--url=http://127.0.0.1:8080] [--user=admin] [--password-file=data/secrets/admin/password]");
        out.println(
                "  Days begin at 00:00 UTC; a time is written as 2026-11-01T08:00:00Z. The archiver must be running.");
        return USAGE;
    }

    private static Instant time(String given) {
        return given.indexOf('T') < 0
                ? LocalDate.parse(given).atStartOfDay().toInstant(ZoneOffset.UTC)
                : OffsetDateTime.parse(given).toInstant();
    }

    private static int fetch(Instant from, Instant to, Map<String, String> options, PrintStream out)
            throws IOException, InterruptedException {
        String password = Files.readString(
                        Path.of(options.getOrDefault("password-file", "data/secrets/admin/password")))
                .strip();
        HttpRequest request = HttpRequest.newBuilder(URI.create(options.getOrDefault("url", "http://127.0.0.1:8080")
                        + "/api/evidence?from=" + encoded(from) + "&to=" + encoded(to)))
                .header("Authorization", basic(options.getOrDefault("user", "admin"), password))
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != OK) {
                out.println("The archiver refuses it with " + answer.statusCode() + ": "
                        + new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
                return FAILED;
            }
            Path file = Path.of(options.get("out"));
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            out.println("The evidence is in " + file + "; its README.md says how to check it.");
            return DONE;
        }
    }

    private static String encoded(Instant time) {
        return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
