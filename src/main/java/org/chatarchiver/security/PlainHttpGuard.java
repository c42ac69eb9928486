package org.chatarchiver.security;

import java.net.InetAddress;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.stereotype.Component;

/**
 * Refuses the start when passwords would cross the network in the clear: a listener on another address than the loopback
 * without TLS of its own ({@code server.ssl.bundle}, or {@code server.ssl.certificate} with
 * {@code server.ssl.certificate-private-key}, or {@code server.ssl.key-store}). Where TLS ends in front of it, as in a
 * pod behind an ingress whose probes need plain HTTP, {@code archiver.security.allow-plain-http=true} says so; forwarded
 * headers are no proof of that and do not count.
 */
@Component
@ConditionalOnWebApplication
class PlainHttpGuard implements InitializingBean {
    private final ServerProperties server;
    private final ManagementServerProperties management;
    private final SecurityProperties security;

    PlainHttpGuard(ServerProperties server, ManagementServerProperties management, SecurityProperties security) {
        this.server = server;
        this.management = management;
        this.security = security;
    }

    @Override
    public void afterPropertiesSet() {
        check("server", server.getAddress(), server.getSsl());
        if (management.getPort() != null && !management.getPort().equals(server.getPort())) {
            check("management.server", management.getAddress(), management.getSsl());
        }
    }

    private void check(String prefix, InetAddress address, Ssl ssl) {
        boolean local = address != null && address.isLoopbackAddress();
        if (!local && !Ssl.isEnabled(ssl) && !security.allowPlainHttp()) {
            throw new StartRefusedException(
                    prefix + ".address is " + (address == null ? "every address" : address.getHostAddress())
                            + " and there is no TLS: passwords would cross the network in the clear",
                    "Set " + prefix + ".ssl.bundle (or .certificate and .certificate-private-key), or " + prefix
                            + ".address=127.0.0.1, or, where TLS ends in front of the archiver,"
                            + " archiver.security.allow-plain-http=true.");
        }
    }
}
