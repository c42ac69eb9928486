package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.chatarchiver.servers.Dovecot;

/**
 * A mailbox of Dovecot as Python's {@code imaplib} and {@code email} see it.
 *
 * @param folders names as people see them, with the names on the wire
 * @param messages of one folder, in its order; see {@code mailbox.py}
 */
record PythonMailbox(JsonNode folders, List<JsonNode> messages) {

    static PythonMailbox byMaster(Dovecot server, String mailbox, String folder) throws Exception {
        return read(server, "PLAIN", mailbox, Dovecot.MASTER, Dovecot.MASTER_PASSWORD, folder);
    }

    static PythonMailbox byToken(Dovecot server, String mailbox, String folder) throws Exception {
        return read(server, "XOAUTH2", mailbox, mailbox, server.token(Duration.ofHours(1)), folder);
    }

    private static PythonMailbox read(
            Dovecot server, String mechanism, String mailbox, String account, String secret, String folder)
            throws Exception {
        Process python = new ProcessBuilder(
                        "python3",
                        script().toString(),
                        "localhost",
                        Integer.toString(server.imapsPort()),
                        server.home().resolve("cert.pem").toString(),
                        mechanism,
                        mailbox,
                        account,
                        folder)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = python.getOutputStream()) {
            in.write((secret + "\n").getBytes(StandardCharsets.UTF_8));
        }
        JsonNode read = read(python);
        return new PythonMailbox(
                read.path("folders"),
                StreamSupport.stream(read.path("messages").spliterator(), false).toList());
    }

    private static JsonNode read(Process python) throws IOException, InterruptedException {
        byte[] output = python.getInputStream().readAllBytes();
        assertThat(python.waitFor()).as("exit status of mailbox.py").isZero();
        return new ObjectMapper().readTree(output);
    }

    private static Path script() throws URISyntaxException {
        return Path.of(PythonMailbox.class.getResource("/endtoend/mailbox.py").toURI());
    }
}
