package org.chatarchiver.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.chatarchiver.servers.Dovecot;

/** One folder of all mailboxes, as Python's {@code imaplib} sees it; see {@code folders.py}. */
public final class Mailboxes {
    private final Dovecot server;
    private final String folder;
    private final Collection<String> addresses;

    public Mailboxes(Dovecot server, String folder, Collection<String> addresses) {
        this.server = server;
        this.folder = folder;
        this.addresses = List.copyOf(addresses);
    }

    /** Message-ID and source id of every e-mail, by mailbox. */
    public Map<String, List<Email>> read() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("python3", script().toString(), server.host(), Integer.toString(server.imapPort()), folder));
        command.addAll(addresses);
        Process python = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = python.getOutputStream()) {
            in.write((Dovecot.USER_PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] output = python.getInputStream().readAllBytes();
        if (python.waitFor() != 0) {
            throw new IOException("folders.py failed with status " + python.exitValue());
        }
        return new ObjectMapper().readValue(output, new TypeReference<Map<String, List<Email>>>() {});
    }

    public record Email(String messageId, String sourceId) {}

    public long count() throws IOException, InterruptedException {
        return read().values().stream().mapToLong(List::size).sum();
    }

    private static Path script() {
        try {
            return Path.of(Mailboxes.class.getResource("/faults/folders.py").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
