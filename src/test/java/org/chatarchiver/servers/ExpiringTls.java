package org.chatarchiver.servers;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;

/** TLS of a server for {@code localhost} whose certificate expired a day ago, until it is {@link #renew renewed}; made by {@code keytool}. */
public final class ExpiringTls {
    public static final String PASSWORD = "changeit";

    private static final String CA = "ca";

    private final Path keys;
    private final Path trust;
    private final KeyStore store;
    private volatile String alias = "expired";

    /** @param folder for the key stores */
    public ExpiringTls(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        keys = folder.resolve("keys.p12");
        trust = folder.resolve("trust.p12");
        make(CA, "-ext", "bc:c", "-startdate", "-10d", "-validity", "365");
        make("expired", "-signer", CA, "-ext", "san=dns:localhost", "-startdate", "-9d", "-validity", "8");
        make("renewed", "-signer", CA, "-ext", "san=dns:localhost", "-startdate", "-1d", "-validity", "30");
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(CA, store.getCertificate(CA));
        try (var out = Files.newOutputStream(trust)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private void make(String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("keytool", "-genkeypair", "-keyalg", "EC", "-alias", name));
        command.addAll(List.of("-dname", "CN=" + name, "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", keys.toString()));
        Collections.addAll(command, more);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    /** PKCS #12 with the authority's certificate, password {@link #PASSWORD}. */
    public Path trustStore() {
        return trust;
    }

    /** From the next connection on the certificate is good. */
    public void renew() {
        alias = "renewed";
    }

    public ServerSocketFactory sockets() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Current()}, null, null);
        // No session is resumed: the certificate counts each time.
        context.getServerSessionContext().setSessionTimeout(1);
        return context.getServerSocketFactory();
    }

    /** Has the certificate that is served now. */
    private final class Current extends X509ExtendedKeyManager {
        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keyType.startsWith("EC") ? alias : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            try {
                return new X509Certificate[] {(X509Certificate) store.getCertificate(name)};
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            try {
                return (PrivateKey) store.getKey(name, PASSWORD.toCharArray());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}
