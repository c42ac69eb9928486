package org.chatarchiver.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.chatarchiver.servers.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is renewed on the disk is served to whoever connects next, without a restart. */
class RenewedCertificateTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Path tls;

    @Test
    void asFilesThatAreWrittenOver() throws Exception {
        tls = Files.createDirectory(folder.resolve("tls"));
        write(tls, "first");
        try (HawtioBed bed = start()) {
            BigInteger first = serial(bed);
            write(tls, "second");
            await().atMost(PATIENCE).until(() -> !serial(bed).equals(first));
        }
    }

    @Test
    void asASecretOfKubernetesWhoseLinkIsExchanged() throws Exception {
        tls = Files.createDirectory(folder.resolve("tls"));
        write(Files.createDirectory(tls.resolve("..1")), "first");
        Files.createSymbolicLink(tls.resolve("..data"), Path.of("..1"));
        for (String file : List.of("tls.crt", "tls.key")) {
            Files.createSymbolicLink(tls.resolve(file), Path.of("..data", file));
        }
        try (HawtioBed bed = start()) {
            for (String next : List.of("..2", "..3")) {
                BigInteger before = serial(bed);
                write(Files.createDirectory(tls.resolve(next)), next.substring(2));
                Path made = Files.createSymbolicLink(tls.resolve("..data_tmp"), Path.of(next));
                Files.move(made, tls.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
                await().atMost(PATIENCE).until(() -> !serial(bed).equals(before));
            }
        }
    }

    @Test
    void whatIsNoCertificateIsNotTakenAndTheOneInUseStaysUntilThereIsOne() throws Exception {
        tls = Files.createDirectory(folder.resolve("tls"));
        write(tls, "first");
        try (HawtioBed bed = start()) {
            BigInteger first = serial(bed);
            Files.writeString(tls.resolve("tls.crt"), "half a certif");
            await().during(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> serial(bed)
                    .equals(first));
            write(tls, "second");
            await().atMost(PATIENCE).until(() -> !serial(bed).equals(first));
        }
    }

    /** On every address, which the guard against passwords in the clear lets pass with TLS only. */
    private HawtioBed start() throws IOException {
        return new HawtioBed(folder, settings -> settings.set("server.address", "0.0.0.0")
                .set("server.ssl.bundle", "api")
                .set("spring.ssl.bundle.pem.api.reload-on-update", "true")
                .set("spring.ssl.bundle.pem.api.keystore.certificate", "file:" + tls.resolve("tls.crt"))
                .set("spring.ssl.bundle.pem.api.keystore.private-key", "file:" + tls.resolve("tls.key")));
    }

    private void write(Path directory, String name) throws IOException {
        Path store = folder.resolve(name + ".p12");
        Certificates.make(store, "changeit");
        Certificates.exportPem(store, "changeit", directory.resolve("tls.crt"), directory.resolve("tls.key"));
    }

    /** Of the certificate that a client is shown. */
    private static BigInteger serial(HawtioBed bed) throws Exception {
        try (SSLSocket socket = (SSLSocket) Certificates.trustingAll()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), bed.port())) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
            return shown.getSerialNumber();
        }
    }
}
