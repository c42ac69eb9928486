package org.chatarchiver.hawtio;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.management.ObjectName;
import org.chatarchiver.audit.AuditAction;
import org.chatarchiver.audit.AuditNotes;
import org.chatarchiver.security.Role;
import org.chatarchiver.security.SessionDoor;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What Jolokia may tell and do for whoever has logged in: what the policy {@code hawtio/jolokia-reader.xml} allows, for administrators also
 * what {@code hawtio/jolokia-administrator.xml} does, and nothing else. A GET, which any link can ask for, does nothing, and nothing is done
 * to a pattern of MBeans. What is done is logged. As a bean it stands in for whatever {@code policyLocation} is set.
 */
final class JolokiaRoles implements Restrictor {
    private static final Logger LOG = LoggerFactory.getLogger(JolokiaRoles.class);

    private static final Set<String> DOMAINS = Set.of("org.apache.camel", "java.lang");

    /** Counts changes, so that the page loads its tree again. */
    private static final String TREE_WATCHER = "hawtio:type=TreeWatcher";

    private static final String ADMINISTRATOR = "ROLE_" + Role.DATA_CONNECTOR_ADMIN.name();

    private final WebAddresses addresses = new WebAddresses();
    /** Asked for when it is used: the filters are made before the ledger is opened, and before settings are refused. */
    private final ObjectProvider<AuditNotes> audit;

    // Read when they are first asked: a start has no use for what parses XML.
    private final Supplier<Restrictor> reader = SingletonSupplier.of(() -> policy("hawtio/jolokia-reader.xml"));
    private final Supplier<Restrictor> administrator =
            SingletonSupplier.of(() -> policy("hawtio/jolokia-administrator.xml"));

    JolokiaRoles(ObjectProvider<AuditNotes> audit) {
        this.audit = audit;
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return reader.get().isHttpMethodAllowed(method);
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return reader.get().isTypeAllowed(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        return reader.get().isAttributeReadAllowed(name, attribute)
                && !addresses.isNamed(name)
                && !addresses.isTold(name, attribute);
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return false;
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        return !name.isPattern()
                && isPost()
                && (reader.get().isOperationAllowed(name, operation) || isSteering(name, operation));
    }

    private boolean isSteering(ObjectName name, String operation) {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        if (!isAdministrator(user) || !administrator.get().isOperationAllowed(name, operation)) {
            return false;
        }
        // Of what there is only: any other name is no more than what somebody has sent.
        if (ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
            LOG.info(
                    "The route {} is told by {} in Hawtio to {}",
                    name.getKeyProperty("name"),
                    user.getName(),
                    operation);
            audit.getObject()
                    .note(
                            AuditAction.ROUTE_OPERATED,
                            user.getName(),
                            name.getKeyProperty("name"),
                            Map.of("operation", operation));
            request().ifPresent(SessionDoor::use);
        }
        return true;
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return true;
    }

    /** The chain of filters has refused other sites' requests; no header of ours invites them. */
    @Override
    public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
        return onlyWhenStrictCheckingIsEnabled;
    }

    /** MBeans of others are not even listed, nor are those with an address of HTTP for a name. */
    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !DOMAINS.contains(name.getDomain()) && !TREE_WATCHER.equals(name.getCanonicalName())
                || addresses.isNamed(name);
    }

    /** TLS may end in front of the archiver. */
    @Override
    public boolean ignoreScheme() {
        return true;
    }

    private static boolean isPost() {
        return request().filter(request -> "POST".equals(request.getMethod())).isPresent();
    }

    private static Optional<HttpServletRequest> request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(attributes.getRequest())
                : Optional.empty();
    }

    private static boolean isAdministrator(Authentication user) {
        return user != null
                && user.getAuthorities().stream().anyMatch(granted -> ADMINISTRATOR.equals(granted.getAuthority()));
    }

    private static Restrictor policy(String resource) {
        try (InputStream in = new ClassPathResource(resource).getInputStream()) {
            return new PolicyRestrictor(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar holds no " + resource, e);
        }
    }
}
