package org.chatarchiver.sandbox;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate for {@code localhost} and 127.0.0.1, made by the JDK's keytool: the JDK has no API that makes one, and a
 * committed key would expire.
 *
 * @param keyStore PKCS#12, key and certificate
 * @param trustStore PKCS#12, the certificate alone
 * @param password of both
 */
public record ServerCertificate(Path keyStore, Path trustStore, String password) {
    private static final String ALIAS = "sandbox";
    private static final String KEY_STORE = "mail-server.p12";
    private static final String TRUST_STORE = "mail-server-trust.p12";

    /** The files of {@link #ofThisJvm}, kept because their directory may be gone when they are wanted again. */
    private record Kept(byte[] keyStore, byte[] trustStore, String password) {}

    private static Kept kept;

    /**
     * The same certificate every time: GreenMail loads its own once per JVM and never again.
     *
     * @param directory created where it is missing; the files in it are replaced
     */
    static synchronized ServerCertificate ofThisJvm(Path directory) throws IOException {
        if (kept == null) {
            ServerCertificate made = create(directory);
            kept = new Kept(Files.readAllBytes(made.keyStore), Files.readAllBytes(made.trustStore), made.password);
            return made;
        }
        Files.createDirectories(directory);
        return new ServerCertificate(
                Files.write(directory.resolve(KEY_STORE), kept.keyStore),
                Files.write(directory.resolve(TRUST_STORE), kept.trustStore),
                kept.password);
    }

    /** @param directory created where it is missing; the files in it are replaced */
    public static ServerCertificate create(Path directory) throws IOException {
        return create(directory, "dns:localhost,ip:127.0.0.1");
    }

    /** @param names subject alternative names as keytool takes them, such as {@code dns:localhost} */
    public static ServerCertificate create(Path directory, String names) throws IOException {
        Files.createDirectories(directory);
        ServerCertificate made = new ServerCertificate(
                directory.resolve(KEY_STORE),
                directory.resolve(TRUST_STORE),
                UUID.randomUUID().toString());
        Files.deleteIfExists(made.keyStore);
        Files.deleteIfExists(made.trustStore);
        keytool(List.of(
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=" + names,
                "-ext",
                "bc=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                made.keyStore.toString(),
                "-storepass",
                made.password));
        try {
            made.writeTrustStore();
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot write " + made.trustStore, e);
        }
        return made;
    }

    private static void keytool(List<String> arguments) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(arguments);
        command.add(0, tool.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool could not make a certificate: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a certificate", e);
        }
    }

    private void writeTrustStore() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, load(keyStore).getCertificate(ALIAS));
        try (var out = Files.newOutputStream(trustStore)) {
            trusted.store(out, password.toCharArray());
        }
    }

    private KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    /** GreenMail reads these properties when it opens the first TLS port of this JVM. */
    void useForGreenMail() {
        System.setProperty(
                DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY,
                keyStore.toAbsolutePath().toString());
        System.setProperty(DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY, password);
    }

    /**
     * Makes this JVM trust the certificate, and nothing else: the default trust store is replaced. To be called before the JVM's first
     * default TLS context, which is never made again.
     */
    public void trustInThisJvm() {
        System.setProperty(
                "javax.net.ssl.trustStore", trustStore.toAbsolutePath().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", password);
        System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
    }

    /** A TLS context that shows the certificate to whoever connects. */
    SSLContext serverContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(keyStore), password.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot use " + keyStore, e);
        }
    }

    /** A TLS context that trusts the certificate alone. */
    public SSLContext sslContext() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot use " + trustStore, e);
        }
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + keyStore + "]";
    }
}
