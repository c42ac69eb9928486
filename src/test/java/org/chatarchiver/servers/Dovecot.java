package org.chatarchiver.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Dovecot 2.3 on free ports of 127.0.0.1, in a temporary directory that is deleted on close. Only the given users have
 * mailboxes. They are opened by SASL PLAIN as master user {@link #MASTER} with {@link #MASTER_PASSWORD} and the mailbox as authorisation
 * identity, by PLAIN as the mailbox itself with {@link #USER_PASSWORD}, or by XOAUTH2 with any {@link #token}, as in Exchange Online. Its
 * TLS certificate for {@code localhost} and 127.0.0.1 is made at start by {@code keytool}; {@link #trustStore} trusts it. Works as root
 * or not.
 */
public final class Dovecot implements AutoCloseable {
    public static final String MASTER = "archiver";
    public static final String MASTER_PASSWORD = "master-secret";
    public static final String USER_PASSWORD = "user-secret";
    public static final String TRUST_STORE_PASSWORD = "changeit";

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final Duration START = Duration.ofSeconds(20);

    private final Path home;
    private final int imapPort = freePort();
    private final int imapsPort = freePort();
    private final Process process;

    private Dovecot(Options options) throws IOException {
        home = Files.createTempDirectory(Path.of("/tmp"), "dovecot");
        // The mail processes run as another user than root.
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Certificates.make(trustStore(), TRUST_STORE_PASSWORD);
        Certificates.exportPem(trustStore(), TRUST_STORE_PASSWORD, home.resolve("cert.pem"), home.resolve("key.pem"));
        write("users", options.users.stream().map(u -> u + ":{PLAIN}" + USER_PASSWORD + "::::::\n"));
        write("masters", Stream.of(MASTER + ":{PLAIN}" + MASTER_PASSWORD + "\n"));
        write(
                "keys/default/HS256/default",
                Stream.of(Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.US_ASCII))));
        Path mail = Files.createDirectory(home.resolve("mail"));
        Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rwxrwxrwx"));
        write("oauth2.conf", Stream.of(DovecotConfiguration.oauth2(home)));
        String configuration = DovecotConfiguration.main(
                        home, imapPort, imapsPort, options.users, options.capabilities, options.quota, options.synced)
                + DovecotConfiguration.connectionsPerUser(options.connectionsPerUser)
                + DovecotConfiguration.processes(options.reusing);
        if (!options.readOnly.isEmpty()) {
            write("acl", Stream.of("\"" + options.readOnly + "\" anyone lr\n\"" + options.readOnly + "\" owner lr\n"));
            configuration += DovecotConfiguration.readOnly(home);
        }
        write("dovecot.conf", Stream.of(configuration));
        process = new ProcessBuilder(
                        Program.find("dovecot").orElseThrow().toString(),
                        "-F",
                        "-c",
                        home.resolve("dovecot.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .start();
        Awaitility.await("Dovecot, see " + home).atMost(START).until(this::listens);
    }

    /** What differs between one Dovecot and another. */
    public static final class Options {
        private final List<String> users;
        private String capabilities = "";
        private String quota = "";
        private String readOnly = "";
        private boolean synced;
        private int connectionsPerUser;
        private boolean reusing;

        private Options(List<String> users) {
            this.users = List.copyOf(users);
        }

        /** Announces no MULTIAPPEND. */
        public Options withoutMultiAppend() {
            capabilities = "IMAP4rev1 SASL-IR UNSELECT UIDPLUS LITERAL+";
            return this;
        }

        /** Announces neither MULTIAPPEND nor LITERAL+, but LITERAL- where asked for. */
        public Options withoutUnaskedLiterals(boolean smallOnes) {
            capabilities = "IMAP4rev1 SASL-IR UNSELECT UIDPLUS" + (smallOnes ? " LITERAL-" : "");
            return this;
        }

        /** Makes e-mails outlive a loss of power before they are acknowledged: Dovecot's own default, and slower. */
        public Options synced() {
            synced = true;
            return this;
        }

        /** Gives every mailbox a quota, such as {@code 100k}. */
        public Options withQuota(String storage) {
            quota = storage;
            return this;
        }

        /** Forbids to write into the folder of this name. */
        public Options withReadOnly(String folder) {
            readOnly = folder;
            return this;
        }

        /** Refuses more connections of one user at a time; without it, as good as any number is taken. */
        public Options connectionsPerUser(int most) {
            connectionsPerUser = most;
            return this;
        }

        /** Has each process serve one connection behind another, in place of one process for each: half the processor's time. */
        public Options reusingProcesses() {
            reusing = true;
            return this;
        }

        public Dovecot start() {
            try {
                return new Dovecot(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @param users addresses of the mailboxes that exist */
    public static Options with(List<String> users) {
        return new Options(users);
    }

    /** With TLS on {@link #imapsPort} only, and MULTIAPPEND. */
    public static Dovecot start(String... users) {
        return with(List.of(users)).start();
    }

    public String host() {
        return "127.0.0.1";
    }

    /** In the clear, or STARTTLS. */
    public int imapPort() {
        return imapPort;
    }

    /** TLS from the first byte. */
    public int imapsPort() {
        return imapsPort;
    }

    /** PKCS #12, password {@link #TRUST_STORE_PASSWORD}. */
    public Path trustStore() {
        return home.resolve("key.p12");
    }

    /** Of an archiver that files here, as the master user and over TLS. */
    public Map<String, String> settings() {
        return Map.of(
                "archiver.exchange.imap.host",
                host(),
                "archiver.exchange.imap.port",
                Integer.toString(imapsPort),
                "archiver.exchange.imap.auth",
                "plain",
                "archiver.exchange.imap.username",
                MASTER,
                "archiver.exchange.imap.password",
                MASTER_PASSWORD,
                "archiver.exchange.ssl-bundle",
                "mail",
                "spring.ssl.bundle.jks.mail.truststore.location",
                "file:" + trustStore(),
                "spring.ssl.bundle.jks.mail.truststore.type",
                "PKCS12",
                "spring.ssl.bundle.jks.mail.truststore.password",
                TRUST_STORE_PASSWORD);
    }

    /** Where the mailboxes are, and the server's log as {@code log}. */
    public Path home() {
        return home;
    }

    /** A token that opens every mailbox. */
    public String token(Duration validity) {
        return JsonWebToken.hs256(KEY.getBytes(StandardCharsets.US_ASCII), validity);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            deleteHome();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteHome() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(home)) {
            all = files.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        }
        for (Path path : all) {
            // Its processes remove sockets and locks while they end.
            Files.deleteIfExists(path);
        }
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Dovecot did not start: " + read("output"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), imapsPort), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, Stream<String> content) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content.collect(Collectors.joining()));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
