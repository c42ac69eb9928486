package org.chatarchiver.security;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Refuses the start where anybody's {@code X-Forwarded-For} would be believed: whoever guesses at passwords would be another address each
 * time, and could have any other locked out.
 */
@Component
@ConditionalOnWebApplication
class ForwardedHeadersGuard implements InitializingBean {
    private final ServerProperties server;

    ForwardedHeadersGuard(ServerProperties server) {
        this.server = server;
    }

    @Override
    public void afterPropertiesSet() {
        if (server.getForwardHeadersStrategy() == ServerProperties.ForwardHeadersStrategy.FRAMEWORK) {
            throw new StartRefusedException(
                    "server.forward-headers-strategy is framework, which believes whoever sends X-Forwarded-For",
                    "Set it to native, and server.tomcat.remoteip.internal-proxies to a regular expression of your"
                            + " proxies' addresses.");
        }
    }
}
