package org.chatarchiver.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chatarchiver.servers.Dovecot;
import org.chatarchiver.servers.Program;

/** isync's {@code mbsync}, as it is installed and with its own defaults: it pushes a local Maildir into a folder that it makes, over TLS. */
final class Mbsync {
    private static final long MOST_MINUTES = 30;

    private final Path program;

    private Mbsync(Path program) {
        this.program = program;
    }

    static Optional<Mbsync> find() {
        return Program.find("mbsync").map(Mbsync::new);
    }

    /**
     * From the program's start to its end, which includes one log-in.
     *
     * @param work an empty directory, which has the Maildir then
     * @return e-mails per second
     */
    double push(Path work, Dovecot dovecot, String mailbox, String folder, List<byte[]> emails)
            throws IOException, InterruptedException {
        fill(work.resolve("mail").resolve(folder), emails);
        Path configuration = work.resolve("mbsyncrc");
        Files.writeString(configuration, configuration(work, dovecot, mailbox, folder));
        Path output = work.resolve("output");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        program.toString(), "--quiet", "--config", configuration.toString(), "benchmark")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("mbsync did not end within " + MOST_MINUTES + " minutes");
            }
        } finally {
            process.destroyForcibly();
        }
        double rate = Benchmark.rate(emails.size(), start);
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    "mbsync ended with " + process.exitValue() + ": " + Files.readString(output));
        }
        return rate;
    }

    /** A Maildir has the lines of the system, and mbsync makes those of the wire of them. */
    private static void fill(Path maildir, List<byte[]> emails) throws IOException {
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(maildir.resolve(part));
        }
        int number = 0;
        for (byte[] email : emails) {
            String text = new String(email, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
            Files.writeString(
                    maildir.resolve("cur").resolve(++number + ".benchmark:2,"), text, StandardCharsets.ISO_8859_1);
        }
    }

    private static String configuration(Path work, Dovecot dovecot, String mailbox, String folder) {
        return String.format(
                Locale.ROOT,
                """
                IMAPAccount server
                Host %s
                Port %d
                User %s
                Pass %s
                AuthMechs PLAIN
                SSLType IMAPS
                SystemCertificates no
                CertificateFile "%s"

                IMAPStore far
                Account server

                MaildirStore near
                Path "%s/"
                Inbox "%s"
                SubFolders Verbatim

                Channel benchmark
                Far ":far:%s"
                Near ":near:%s"
                Create Far
                Sync Push
                SyncState *
                """,
                dovecot.host(),
                dovecot.imapsPort(),
                mailbox,
                Dovecot.USER_PASSWORD,
                dovecot.home().resolve("cert.pem"),
                work.resolve("mail"),
                work.resolve("inbox"),
                folder,
                folder);
    }
}
